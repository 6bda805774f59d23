// Things that shops sell and talk about: English | Spanish | French | German | Portuguese |
// Italian.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

constexpr ConceptRow kConcepts[] = {
    // Drinks
    {"coffee,coffees|café,cafés|café,cafés|kaffee|café,cafés,cafezinho|caffè"},
    {"espresso,espressos,expresso,expressos|espresso,expreso,expresos|espresso,expresso|espresso|"
     "expresso,espresso|espresso,espressi"},
    {"americano,americanos|americano,americanos,café americano,cafés americanos|café allongé,café "
     "américain|americano|americano,americanos,café americano,cafés americanos|americano,americani,"
     "caffè americano,caffè americani"},
    {"iced coffee|café helado,café con hielo|café glacé|eiskaffee|café gelado|caffè freddo"},
    {"milk|leche|lait|milch|leite|~latte"},
    {"tea,teas|té,tés|thé,thés|tee,tees|chá,chás|tè"},
    {"hot chocolate,cocoa|chocolate caliente|chocolat chaud|heiße schokolade,kakao|chocolate "
     "quente|cioccolata calda"},
    {"orange juice,oj|zumo de naranja,jugo de naranja|jus d'orange,jus d'oranges|orangensaft,o "
     "saft|suco de laranja,sumo de laranja|succo d'arancia,spremuta d'arancia,succo di arancia"},
    {"juice,juices|zumo,zumos,jugo,jugos|jus|saft,säfte|suco,sucos,sumo,sumos|succo,succhi,"
     "spremuta"},
    {"water,mineral water|agua,agua mineral|eau,eau minérale|wasser,mineralwasser|água,água "
     "mineral|acqua,acqua minerale"},
    {"beer,beers|cerveza,cervezas|bière,bières|bier,biere|cerveja,cervejas|birra,birre"},
    {"wine,wines|vino,vinos|vin,vins|wein,weine|vinho,vinhos|vino,vini"},
    {"lemonade|limonada|limonade|limonade|limonada|limonata"},
    {"smoothie,smoothies|batido,batidos|smoothie|smoothie|batido,vitamina|frullato,frullati"},
    {"cola,coke,coca cola,pepsi|cola,coca cola|coca,cola,coca cola|cola,coca cola|cola,coca "
     "cola|cola,coca cola"},
    {"soda,sodas,soft drink,soft drinks,fizzy drink,fizzy "
     "drinks|refresco,refrescos,gaseosa|soda|limo|refrigerante|gassosa"},
    {"drink,drinks,beverage,beverages|bebida,bebidas|boisson,boissons|getränk,getränke|bebida,"
     "bebidas|bevanda,bevande,bibita,bibite"},
    // Food
    {"cake,cakes|pastel,pasteles,tarta,tartas,torta,tortas,bizcocho,queque|gâteau,gâteaux|kuchen,"
     "torte,torten|bolo,bolos|torta,torte"},
    {"cheesecake|tarta de queso,pastel de queso|cheesecake,gâteau au "
     "fromage|käsekuchen|cheesecake|cheesecake,torta al formaggio"},
    {"pie,pies,tart,tarts|tarta,tartas,pay|tarte,tartes,tourte|pastete,tarte,tarten|torta,tortas,"
     "tarte|crostata,"
     "crostate"},
    {"chocolate,chocolates|chocolate,chocolates|chocolat,chocolats|schokolade,schokoladen,schoko|"
     "chocolate,chocolates|cioccolato,cioccolata,cioccolatini"},
    {"croissant,croissants|cruasán,cruasanes,croissant,medialuna|croissant,croissants|croissant,"
     "hörnchen|croissant,croissants|cornetto,cornetti"},
    {"pastry,pastries|bollería,bollo,bollos|pâtisserie,pâtisseries,viennoiserie,viennoiseries|"
     "gebäck,teilchen|pastelaria,folhado|pasticceria,pasticcini"},
    {"cookie,cookies,biscuit,biscuits|galleta,galletas|biscuit,biscuits|keks,kekse,plätzchen|"
     "biscoito,biscoitos,bolacha,bolachas|biscotto,biscotti"},
    {"bread,loaf|pan,panes|~pain|brot,brote|pão,pães|pane"},
    {"roll,rolls,bun,buns|panecillo,panecillos|petit "
     "pain|brötchen,semmel|pãozinho|rosetta,michetta"},
    {"butter|mantequilla|beurre|butter|manteiga|burro"},
    {"cheese|queso,quesos|fromage,fromages|käse|queijo,queijos|formaggio,formaggi"},
    {"ham|jamón|jambon|schinken|presunto,fiambre|prosciutto"},
    {"egg,eggs|huevo,huevos|œuf,œufs,oeuf,oeufs|ei,eier|ovo,ovos|uovo,uova"},
    {"bacon|tocino,beicon|lardons|speck|bacon,toucinho|pancetta"},
    {"chicken|pollo|poulet|hähnchen,huhn,hühnchen|frango,galinha|pollo"},
    {"beef|ternera,vaca,res|bœuf,boeuf|rind,rindfleisch|vaca,bovina|manzo"},
    {"pork|cerdo|porc|schwein,schweinefleisch|porco|maiale"},
    {"fish|pescado|poisson,poissons|fisch|peixe|pesce"},
    {"salmon|salmón|saumon|lachs|salmão|salmone"},
    {"tuna|atún|thon|thunfisch|atum|tonno"},
    {"lobster,lobsters|langosta,bogavante|homard,homards|hummer|lagosta|aragosta,astice"},
    {"shrimp,prawns,prawn|gamba,gambas,camarón|crevette,crevettes|garnele,garnelen|camarão,"
     "camarões|gambero,gamberi"},
    {"seafood,shellfish|marisco,mariscos|!fruits de "
     "mer,crustacés|meeresfrüchte,schalentiere|marisco,"
     "mariscos|frutti di mare,crostacei"},
    {"salad,salads|ensalada,ensaladas|salade,salades|salat,salate|salada,saladas|insalata,"
     "insalate"},
    {"soup,soups|sopa,sopas|soupe,soupes|suppe,suppen|sopa,sopas|zuppa,zuppe"},
    {"sandwich,sandwiches|bocadillo,bocadillos,sándwich|sandwich,sandwichs|belegtes "
     "brot,sandwich|sanduíche,sandes|panino,panini,tramezzino"},
    {"toast|tostada,tostadas|tartine,toast|toast|torrada,torradas,tosta|toast"},
    {"rice|arroz|riz|reis|arroz|riso"},
    {"potato,potatoes|patata,patatas,papa,papas|!pomme de terre,!pommes de "
     "terre|kartoffel,kartoffeln|batata,batatas|patata,patate"},
    {"fries,chips,french fries|patatas fritas,papas fritas|frites|pommes,pommes frites|batatas "
     "fritas,batata frita|patatine,patatine fritte"},
    {"vegetable,vegetables,veggie|verdura,verduras|légume,légumes|gemüse|legumes,verduras|verdura,"
     "verdure"},
    {"fruit,fruits|fruta,frutas|fruit,fruits|obst,frucht,früchte|fruta,frutas|frutta"},
    {"apple,apples|manzana,manzanas|pomme,pommes|apfel,äpfel|maçã,maçãs|mela,mele"},
    {"orange,oranges|naranja,naranjas|orange,oranges|orange,orangen,apfelsine|laranja,laranjas|"
     "arancia,arance"},
    {"lemon,lemons|limón,limones|citron,citrons|zitrone,zitronen|limão,limões|limone,limoni"},
    {"carrot,carrots|zanahoria,zanahorias|carotte,carottes|karotte,karotten,möhre|cenoura,cenouras|"
     "carota,carote"},
    {"strawberry,strawberries|fresa,fresas|fraise,fraises|erdbeere,erdbeeren|morango,morangos|"
     "fragola,fragole"},
    {"raspberry,raspberries|frambuesa,frambuesas|framboise,framboises|himbeere,himbeeren|framboesa,"
     "framboesas|lampone,lamponi"},
    {"blueberry,blueberries|arándano,arándanos|myrtille,myrtilles|blaubeere,blaubeeren,heidelbeere|"
     "mirtilo,mirtilos|mirtillo,mirtilli"},
    {"banana,bananas|plátano,plátanos,banana|banane,bananes|banane,bananen|banana,bananas|banana,"
     "banane"},
    {"almond,almonds|almendra,almendras|amande,amandes|mandel,mandeln|amêndoa,amêndoas|mandorla,"
     "mandorle"},
    {"nut,nuts|nuez,nueces,frutos secos|noix|nuss,nüsse|noz,nozes|noce,noci"},
    {"honey|miel|miel|honig|mel|miele"},
    {"cream|nata,crema|crème|sahne|creme,nata,natas|panna,crema"},
    {"vanilla|vainilla|vanille|vanille|baunilha|vaniglia"},
    {"cinnamon|canela|cannelle|zimt|canela|cannella"},
    {"ice cream,ice "
     "creams|helado,helados|glace,glaces|~eis,eiscreme|sorvete,sorvetes,gelado,gelados|gelato,"
     "gelati"},
    {"oat,oats,oatmeal|avena|avoine|hafer|aveia|avena"},
    {"soy,soya|soja|soja|soja|soja|soia"},
    {"coconut|coco|coco|kokos|coco|cocco"},
    {"sugar|azúcar|sucre|zucker|açúcar|zucchero"},
    {"salt|sal|~sel|salz|sal|~sale"},
    {"gluten|gluten|gluten|gluten,*glutenfrei|glúten|glutine"},
    {"vegan|vegano,vegana,veganos,veganas|végan,végane,végétalien|*vegan|vegano,"
     "vegana|vegano,vegana,vegani"},
    {"vegetarian|vegetariano,vegetariana|végétarien,végétarienne|*vegetarisch|"
     "vegetariano,vegetariana|vegetariano,vegetariana"},
    {"breakfast,breakfasts|desayuno,desayunos|!petit déjeuner,!petits déjeuners|frühstück|!café "
     "da manhã,!pequeno almoço|colazione"},
    {"lunch|almuerzo,comida|déjeuner|mittagessen|almoço|pranzo"},
    {"dinner|cena|dîner|abendessen|jantar|cena"},
    {"tiramisu|tiramisú|tiramisu|tiramisu|tiramisu|tiramisù"},
    {"pannacotta,panna cotta|panna cotta|panna cotta|panna cotta|panna cotta|panna cotta"},
    {"mousse|mousse|mousse|mousse|mousse|mousse"},
    {"pudding,flan,custard|flan,natillas|flan|pudding,flan|pudim|budino"},
    {"dessert,desserts|postre,postres|dessert,desserts|nachtisch,dessert|sobremesa,sobremesas|"
     "dolce,dolci"},
    {"meat|carne|viande|fleisch|carne|carne"},
    {"pasta|pasta|pâtes|nudeln|massa,macarrão|pasta"},
    {"mushroom,mushrooms|champiñón,champiñones,setas|champignon,champignons|pilz,pilze,champignons|"
     "cogumelo,cogumelos|fungo,funghi"},
    {"tomato,tomatoes|tomate,tomates|tomate,tomates|tomate,tomaten|tomate,tomates|pomodoro,"
     "pomodori"},
    {"onion,onions|cebolla,cebollas|oignon,oignons|zwiebel,zwiebeln|cebola,cebolas|cipolla,"
     "cipolle"},
    {"calorie,calories,kcal,nutritional,nutrition|caloría,calorías,nutricional|calorie,calories|"
     "kalorie,kalorien,nährwerte|caloria,calorias,nutricional|caloria,calorie,nutrizionali"},
    {"sweet,sweets|dulce,dulces|sucré,sucrée,sucreries|*süß,süßigkeiten|doce,doces|"
     "dolce,dolci"},
    {"dish,dishes,meal,meals,food|plato,platos|plat,plats,repas|gericht,gerichte,speise,speisen|"
     "prato,pratos|piatto,piatti"},
    {"brownie,brownies|brownie,brownies|brownie,brownies|brownie,brownies|brownie,brownies|"
     "brownie"},
    {"muffin,muffins|magdalena,magdalenas,muffin|muffin,muffins|muffin,muffins|muffin,queque|"
     "muffin"},
    {"pancake,pancakes|tortita,tortitas,panqueque,panqueques|crêpe,crêpes,pancakes|pfannkuchen|"
     "panqueca,panquecas|frittella,frittelle"},
    {"burger,burgers,hamburger,hamburgers|hamburguesa,hamburguesas|burger,hamburger|burger|"
     "hambúrguer,hambúrgueres|hamburger"},
    {"pizza,pizzas|pizza,pizzas|pizza,pizzas|pizza,pizzen|pizza,pizzas|pizza,pizze"},
    {"bean,beans|grano,granos|grain,grains|bohne,bohnen|grão,grãos|chicco,chicchi"},
    {"caffeine|cafeína|caféine|koffein|cafeína|caffeina"},
    {"decaf,decaffeinated,caffeine free|descafeinado,descafeinados|décaféiné,déca|"
     "*entkoffeiniert,*koffeinfrei|descafeinado|decaffeinato,deca"},
    // Adjectives that distinguish items
    {"hot,warm|caliente,calientes|chaud,chaude,chauds,chaudes|*heiß,*warm|quente|caldo,"
     "calda"},
    {"cold,iced|frío,fría,fríos,frías,helado,helada|froid,froide,froids,froides,glacé|*kalt|"
     "frio,fria,gelado|freddo,"
     "fredda"},
    {"small,little|pequeño,pequeña,chico,chica|petit,petite|*klein|pequeno,"
     "pequena|piccolo,piccola"},
    {"large,big|grande,grandes|grand,grande|*groß|grande,grandes|grande,grandi"},
    {"red|rojo,roja|rouge|*rot|vermelho,vermelha|rosso,rossa"},
    {"green|verde|vert,verte|*grün|verde|verde"},
    {"blue|azul|bleu,bleue|*blau|azul|blu"},
    {"black|negro,negra|noir,noire|*schwarz|preto,preta|nero,nera"},
    {"white|blanco,blanca|blanc,blanche|*weiß|branco,branca|bianco,bianca"},
    {"yellow|amarillo,amarilla|jaune|*gelb|amarelo,amarela|giallo,gialla"},
    {"sparkling,fizzy,carbonated|con gas|gazeuse,pétillante|sprudel,mit kohlensäure|com "
     "gás|frizzante,gassata"},
    // Salon and wellbeing
    {"haircut,haircuts,hair cut|corte de pelo,corte de cabello,cortes de pelo|coupe,coupe de "
     "cheveux,coupes|haarschnitt,haarschnitte,schnitt|corte de cabelo,corte|taglio,taglio di "
     "capelli,taglio capelli"},
    {"hair|pelo,cabello|cheveux|haar,haare|cabelo|capelli"},
    {"blow dry,blowout|secado,brushing|brushing|föhnen,fönen|escova|piega"},
    {"color,colour,coloring,colouring,dye|tinte,color,coloración|coloration,couleur,teinture|"
     "färben,farbe,coloration|coloração,tinta,cor|colore,tinta,colorazione"},
    {"highlights|mechas,reflejos|mèches|strähnen,strähnchen|madeixas,luzes|colpi di sole,meches"},
    {"beard|barba|barbe|bart|barba|barba"},
    {"shave|afeitado|rasage|rasur|barbear|rasatura"},
    {"trim|recorte,retoque|taille|trimmen|aparar|spuntata,regolazione"},
    {"manicure,nails|manicura,uñas|manucure,ongles|maniküre,nägel|manicure,unhas|manicure,unghie"},
    {"pedicure|pedicura|pédicure|pediküre|pedicure|pedicure"},
    {"massage,massages|masaje,masajes|massage,massages|massage,massagen|massagem,massagens|"
     "massaggio,massaggi"},
    {"facial|facial,limpieza facial|soin du visage|gesichtsbehandlung|limpeza de pele|pulizia del "
     "viso,trattamento viso"},
    {"waxing,wax|depilación,cera|épilation|enthaarung,waxing|depilação|ceretta,depilazione"},
    {"eyebrow,eyebrows,brow,brows|ceja,cejas|sourcil,sourcils|augenbraue,augenbrauen|sobrancelha,"
     "sobrancelhas|sopracciglia"},
    {"makeup,make up|maquillaje|maquillage|make up,schminken|maquiagem,maquilhagem|trucco"},
    {"shampoo|champú|shampoing|shampoo|champô,xampu|shampoo"},
    {"soap|jabón|savon|seife|sabonete|sapone"},
    {"men,man,mens|hombre,hombres,caballero|homme,hommes|herren,männer,mann|homem,homens|uomo,"
     "uomini"},
    {"women,woman,womens,ladies|mujer,mujeres,señora,dama|femme,femmes|damen,frauen,frau|mulher,"
     "mulheres|donna,donne"},
    {"kids,children,child,kid,childrens,baby,babies|niño,niños,niña,niñas,bebé,bebés|enfant,"
     "enfants,bébé,bébés|kinder,kind,baby,babys|criança,bebê,bebé,"
     "crianças|bambino,bambini"},
    {"dog,dogs|perro,perros|chien,chiens|hund,hunde,hunden|cão,cães,cachorro|cane,cani"},
    {"cat,cats|gato,gatos|~chat,chats|katze,katzen|gato,gatos|gatto,gatti"},
    // Clothes
    {"shirt,shirts|camisa,camisas|chemise,chemises|hemd,hemden|camisa,camisas|camicia,camicie"},
    {"t shirt,t shirts,tshirt,tshirts,tee|camiseta,camisetas,playera|t shirt|t "
     "shirt|camiseta,camisetas,t shirt|maglietta,magliette"},
    {"trousers,pants|pantalón,pantalones|pantalon,pantalons|hose,hosen|calça,calças|pantalone,"
     "pantaloni"},
    {"jeans|vaqueros,jeans|jean,jeans|jeans|jeans|jeans"},
    {"dress,dresses|vestido,vestidos|robe,robes|kleid,kleider|vestido,vestidos|vestito,vestiti,"
     "abito"},
    {"skirt,skirts|falda,faldas|jupe,jupes|rock,röcke|saia,saias|gonna,gonne"},
    {"jacket,jackets|chaqueta,chaquetas|veste,vestes|jacke,jacken|jaqueta,casaco|giacca,giacche"},
    {"coat,coats|abrigo,abrigos|manteau,manteaux|mantel,mäntel|casaco,casacos|cappotto,cappotti"},
    {"sweater,sweaters,jumper,pullover|suéter,jersey|pull,pulls|pullover,pulli|suéter,camisola|"
     "maglione,maglioni"},
    {"shoe,shoes|zapato,zapatos|chaussure,chaussures|schuh,schuhe|sapato,sapatos|scarpa,scarpe"},
    {"sneakers,trainers|zapatillas|baskets|turnschuhe,sneaker|tênis,ténis|scarpe da ginnastica"},
    {"boot,boots|bota,botas|botte,bottes|stiefel|bota,botas|stivale,stivali"},
    {"sock,socks|calcetín,calcetines|chaussette,chaussettes|socke,socken|meia,meias|calzino,"
     "calzini"},
    {"hat,hats,cap,caps|sombrero,gorra,gorro|chapeau,chapeaux,casquette|hut,hüte,mütze|chapéu,boné|"
     "cappello,cappelli"},
    {"scarf,scarves|bufanda,bufandas|écharpe,foulard|schal,schals|cachecol,lenço|sciarpa,sciarpe"},
    {"glove,gloves|guante,guantes|gant,gants|handschuh,handschuhe|luva,luvas|guanto,guanti"},
    {"bag,bags,handbag|bolso,bolsos,bolsa|sac,sacs|tasche,taschen|bolsa,bolsas,mala|borsa,borse"},
    {"backpack,rucksack|mochila,mochilas|sac à dos|rucksack|mochila,mochilas|zaino,zaini"},
    {"belt,belts|cinturón,cinturones|ceinture,ceintures|gürtel|cinto,cintos|cintura,cinture"},
    {"cotton|algodón|coton|baumwolle|algodão|cotone"},
    {"leather|cuero,piel|cuir|leder|couro|pelle,cuoio"},
    {"wool|lana|laine|wolle|lã|lana"},
    {"linen|lino|~lin|leinen|linho|lino"},
    {"silk|seda|soie|seide|seda|seta"},
    // Tools and home
    {"hammer,hammers|martillo,martillos|marteau,marteaux|hammer|martelo,martelos|martello,"
     "martelli"},
    {"screwdriver,screwdrivers|destornillador,destornilladores|tournevis|schraubendreher,"
     "schraubenzieher|chave de fenda,chave de fendas|cacciavite,cacciaviti"},
    {"screw,screws|tornillo,tornillos|~vis|schraube,schrauben|parafuso,parafusos|vite,viti"},
    {"nail,nails|clavo,clavos|clou,clous|nagel,nägel|prego,pregos|chiodo,chiodi"},
    {"drill,drills|taladro,taladros|perceuse,perceuses|bohrmaschine,bohrer|furadeira,berbequim|"
     "trapano,trapani"},
    {"saw,saws|sierra,sierras|scie,scies|säge,sägen|serra,serras,serrote|sega,seghe"},
    {"wrench,spanner|llave inglesa|clé|schraubenschlüssel|chave inglesa|chiave inglese"},
    {"pliers|alicate,alicates|pince,pinces|zange,zangen|alicate,alicates|pinza,pinze"},
    {"paint|pintura|peinture|farbe,farben|tinta|vernice,pittura"},
    {"brush,brushes|pincel,brocha,cepillo|pinceau,brosse|pinsel,bürste|pincel,escova|pennello,"
     "spazzola"},
    {"ladder|escalera|échelle|leiter|escada|scala"},
    {"lamp,lamps,light,lights|lámpara,lámparas,luz,luces|lampe,lampes,lumière|lampe,lampen,licht,"
     "lichter|lâmpada,luz,luzes,candeeiro,"
     "luminária|lampada,lampade,luce,luci"},
    {"chair,chairs|silla,sillas|chaise,chaises|stuhl,stühle|cadeira,cadeiras|sedia,sedie"},
    {"table,tables|mesa,mesas|table,tables|tisch,tische|mesa,mesas|tavolo,tavoli"},
    {"mug,mugs|taza,tazas|mug,tasse|becher,tasse|caneca,canecas|tazza,tazze"},
    {"candle,candles|vela,velas|bougie,bougies|kerze,kerzen|vela,velas|candela,candele"},
    {"book,books|libro,libros|livre,livres|buch,bücher|livro,livros|libro,libri"},
    {"flower,flowers,bouquet|flor,flores,ramo|fleur,fleurs,bouquet|blume,blumen,strauß|flor,flores,"
     "buquê|fiore,fiori,mazzo"},
    {"gift,gifts,present|regalo,regalos|cadeau,cadeaux|geschenk,geschenke|presente,presentes,"
     "prenda|regalo,regali"},
    {"gift card,gift cards,gift voucher,gift vouchers,voucher,vouchers,gift certificate,gift "
     "certificates|tarjeta "
     "regalo,tarjetas regalo,tarjeta de regalo,tarjetas de regalo,vale regalo,vale de regalo,vales "
     "de regalo,vales regalo,cheque regalo,cheques regalo|carte cadeau,cartes "
     "cadeaux,chèque cadeau,chèques cadeaux,bon cadeau,bons "
     "cadeaux|gutschein,gutscheine,geschenkgutschein,"
     "geschenkgutscheine,geschenkkarte,geschenkkarten|cartão presente,cartões presente,vale "
     "presente,vales presente,cartão de oferta,cartões de oferta,vale oferta,cheque prenda|carta "
     "regalo,gift card,"
     "buono regalo,buoni regalo"},
    {"bike,bicycle,bikes,bicycles|bicicleta,bici,bicicletas|vélo,vélos,bicyclette|fahrrad,"
     "fahrräder,rad,räder|"
     "bicicleta,bicicletas|bicicletta,bici"},
    {"phone case,case|funda|coque,étui|hülle|capa,capinha|custodia,cover"},
    {"battery,batteries|pila,pilas,batería|pile,piles,batterie|batterie,batterien,akku|pilha,"
     "pilhas,bateria|batteria,batterie"},
    {"helmet,helmets|casco,cascos|casque,casques|helm,helme|capacete,capacetes|casco,caschi"},
    {"lock,locks|candado,candados,cerradura|antivol,antivols,cadenas|schloss,schlösser|cadeado,"
     "cadeados|lucchetto,lucchetti"},
    {"chain,chains|cadena,cadenas|chaîne,chaînes|kette,ketten|corrente,correntes|catena,catene"},
    {"tyre,tyres,tire,tires|neumático,neumáticos,cubierta,cubiertas|pneu,pneus|reifen|pneu,pneus|"
     "pneumatico,pneumatici,copertone"},
    {"brake,brakes|freno,frenos|frein,freins|bremse,bremsen|freio,freios,travão,travões|freno,"
     "freni"},
    {"wheel,wheels|rueda,ruedas|roue,roues|rad,räder|roda,rodas|ruota,ruote"},
    {"rental,rent,hire|alquiler,alquilar,alquiláis|location,louer|verleih,leihen,mieten|aluguel,"
     "aluguer,alugar|noleggio,noleggiare"},
    {"electric|eléctrica,eléctrico|électrique|*elektrisch|elétrica,elétrico|elettrica,elettrico"},
    {"steel|acero|acier|stahl|aço|acciaio"},
    {"wood,wooden|madera|~bois|holz|madeira|legno"},
    {"notebook,notebooks|cuaderno,cuadernos,libreta|carnet,carnets,cahier,cahiers|notizbuch,"
     "notizbücher,heft|caderno,cadernos|quaderno,quaderni,taccuino"},
    {"cookbook,cookbooks,cookery book|libro de cocina,libros de cocina|livre de cuisine,livres de "
     "cuisine|kochbuch,kochbücher|livro de receitas,livros de receitas|ricettario,libro di cucina"},
    {"map,maps|mapa,mapas|~carte|wanderkarte,wanderkarten,landkarte,landkarten|mapa,mapas|mappa,"
     "mappe,cartina"},
    {"calendar,calendars|calendario,calendarios|calendrier,calendriers|kalender,wandkalender|"
     "calendário,calendários|calendario,calendari"},
    {"postcard,postcards|postal,postales|carte postale,cartes "
     "postales|postkarte,postkarten|postal,postais,cartão postal,cartões "
     "postais|cartolina,cartoline"},
    {"car,cars|coche,coches,carro|voiture,voitures|auto,autos|carro,carros|auto,macchina"},
};

}  // namespace

const std::vector<ConceptRow>& concept_rows() {
  static const std::vector<ConceptRow> rows = [] {
    std::vector<ConceptRow> all(std::begin(kConcepts), std::end(kConcepts));
    const auto topics = topic_concept_rows();
    all.insert(all.end(), topics.begin(), topics.end());
    return all;
  }();
  return rows;
}

}  // namespace aura::agent
