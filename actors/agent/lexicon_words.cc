// Grammar and question words of the six languages. A word may be listed in several rows.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

constexpr RoleRow kGrammarWords[] = {
    {en, Role::stop,
     "i|me|my|we|us|our|you|your|yours|he|him|his|she|her|its|they|their|who|which|what|when|why|"
     "how|is|am|are|was|were|be|been|being|have|has|had|having|do|does|did|will|would|shall|should|"
     "can|could|may|might|must|not|no|s|t|ll|ve|re|d|m|just|now|if|because|as|than|then|here|there|"
     "out|off|by|from|at|on|so|about|know|tell|say|said|says|see|think|wondering|wonder|want|wanna|"
     "need|get|getting|got|give|take|looking|look|find|going|go|let|u|ur|im|ive|id|dont|whats|hows|"
     "wheres|ya|yall|guys|folks|friend|told|confirm|ask|question|make|made|serve|offer|come|comes|"
     "today|tomorrow|tonight|currently|right|still|also|too|already|way|kind|kinds|sort|type|types|"
     "thing|things|something|anything|someone|anyone|else|much|many|any|some|all|every|other|"
     "others|more|most|up|down|again|well|ok|okay|hope|hoping|like|love|try|trying|been|its|much|"
     "maybe|possible|possibly|of|with|without|for|to|in|into|until|till|which is|is it possible|"
     "would it be possible"},
    {en, Role::connector,
     "of|with|without|in|for|to|into|w|de|del|di|da|du|au|al|alla|con|la|le|a la"},
    {en, Role::article, "the|a|an|your|one of your|some|any"},
    {en, Role::conjunction, "and|or|plus|n|also|as well as|what about|how about"},
    {en, Role::filler,
     "option|options|choice|choices|alternative|alternatives|selection|version|flavor|flavour|"
     "please|pls|plz|delicious|awesome|great|nice|nicest|best|good|tasty|amazing|lovely|famous|"
     "fresh|favorite|favourite|own|house|slice|piece|pieces|slices|pairs|cup|cups|glass|bottle|"
     "portion|"
     "serving|order|pair|one|two|three|four|five|six|ten|couple|single|new|cute|beautiful|cheap|"
     "exactly|really|very|actually|thing|available|stock|item|items|each|per|only|stuff|"
     "size|sized|regular|normal|average|free|non|job opening|job openings|between"},
    {en, Role::pronoun, "it|that|this|that one|this one|those|these|them|both|both of them"},
    {es, Role::stop,
     "yo|me|mi|mis|nos|nosotros|tu|te|ti|su|sus|usted|ustedes|ellos|lo|les|se|que|qué|cual|cuál|"
     "cuales|quien|como|cómo|cuando|cuándo|porque|es|son|era|soy|somos|esta|está|están|estan|hay|"
     "ser|estar|he|ha|han|haber|no|ni|ya|hoy|mañana|ahora|aquí|ahí|alli|muy|tan|mas|más|menos|"
     "sobre|desde|hasta|si|puede|puedes|pueden|puedo|podría|podrían|podrias|quiero|quisiera|queria|"
     "quería|quieres|gustaria|gustaría|necesito|busco|saber|dime|decir|dice|dijo|dar|dame|ver|"
     "buscando|hacen|hace|todo|todos|toda|todas|otro|otra|otros|algo|alguien|algún|algun|alguna|"
     "algunos|nada|tipo|tipos|cosa|cosas|amigo|confirma|confirmar|confirme|pregunta|ustedes|"
     "vosotros|estáis|estais|sois|vuestro|vuestra|le|vale|oye|tal|también|tambien|solo|sólo|favor|"
     "cada|todavía|aun|"
     "aún"},
    {es, Role::connector, "de|del|con|sin|en|para|por|al"},
    {es, Role::article, "el|la|los|las|un|una|unos|unas|vuestro|vuestra|su|sus|a"},
    {es, Role::conjunction, "y|e|o|u|más|junto con"},
    {es, Role::filler,
     "opción|opciones|alternativas|variedad|variedades|por "
     "favor|porfavor|porfa|rico|rica|delicioso|deliciosa|bueno|buena|mejor|mejores|famoso|famosa|"
     "fresco|trozo|trozos|porción|porciones|porcion|pedazo|pedazos|rebanada|rebanadas|pares|taza|"
     "vaso|botella|par|uno|dos|tres|cuatro|cinco|"
     "disponible|disponibles|stock|producto|cada|exactamente|lindo|bonito|barato|normal"},
    {es, Role::pronoun, "eso|esto|ese|esa|esos|esas|este|lo"},
    {fr, Role::stop,
     "je|j|me|moi|mon|ma|mes|nous|on|notre|nos|tu|te|toi|ton|vous|votre|vos|il|elle|ils|elles|lui|"
     "leur|se|qui|que|qu|quoi|quel|quelle|quels|quelles|quand|comment|pourquoi|est|sont|suis|êtes|"
     "était|c|n|s|m|t|ai|as|a|avez|avons|ont|avoir|être|fait|faites|faire|ne|pas|non|plus|très|"
     "bien|ici|là|y|aujourd|hui|demain|maintenant|si|mais|car|donc|peut|peux|pouvez|pourrais|"
     "pourriez|veux|voudrais|veut|voulez|souhaite|aimerais|besoin|puis|cherche|savoir|sais|dire|"
     "dites|"
     "dit|voir|prendre|donner|jusque|jusqu|donnez|tout|tous|toute|toutes|autre|autres|quelque|"
     "quelques|chose|"
     "choses|quelqu|rien|genre|type|types|ami|confirmez|confirmer|question|encore|aussi|proposez|"
     "propose|cela|sur|par|ce|cet|cette|ces|possible|seulement"},
    {fr, Role::connector, "de|d|du|des|avec|sans|en|à|au|aux|pour|dans"},
    {fr, Role::article, "le|la|les|l|un|une|des|du|votre|vos|de"},
    {fr, Role::conjunction, "et|ou|ainsi que"},
    {fr, Role::filler,
     "option|options|choix|alternative|alternatives|s'il vous plaît|s'il te "
     "plaît|svp|stp|bon|bonne|bons|meilleur|meilleure|délicieux|délicieuse|fameux|fameuse|frais|"
     "part|parts|morceau|morceaux|tranche|tranches|paires|tasse|verre|bouteille|portion|paire|un|"
     "deux|trois|quatre|cinq|"
     "disponible|disponibles|dispo|stock|article|chaque|joli|belle|exactement"},
    {fr, Role::pronoun, "ça|cela|ceci|celui|celle|ceux|celles|celui-ci|celui-là|celle-ci|celle-là"},
    {de, Role::stop,
     "ich|mir|mich|mein|meine|wir|uns|unser|unsere|du|dir|dich|dein|deine|ihr|euch|euer|eure|sie|"
     "ihnen|ihre|er|ihm|ihn|sein|wer|was|wann|warum|wie|ist|sind|bin|war|waren|seid|habe|hab|hat|"
     "haben|habt|hatte|hast|kann|kannst|können|könnt|könnte|könnten|möchte|möchten|will|wollen|"
     "würde|brauche|bekomme|bekommen|kriege|suche|nicht|nein|auch|noch|schon|sehr|hier|da|dort|"
     "heute|morgen|jetzt|gerade|"
     "wenn|weil|dass|ob|denn|aber|doch|mal|nur|so|zu|zum|zur|bei|nach|von|vom|über|um|auf|an|am|"
     "wissen|weiß|sagen|sagt|sagte|gesagt|geben|nehmen|sehen|machen|macht|bitten|alle|alles|andere|"
     "anderen|etwas|jemand|nichts|irgend|art|arten|freund|bestätigen|bestätige|frage|es|gibt|gibts|"
     "gern|gerne|sachen|dinge|zeug|darf|dürfen|darfst|rein|mehr|viel|man|werden|wird|werde|bis|"
     "welche|welcher|"
     "welches|gehen|geht"},
    {de, Role::connector, "mit|ohne|für|in|im|aus|vom|von|zum|ins"},
    {de, Role::article,
     "der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|euer|eure|ihr|ihre|ihren|euren"},
    {de, Role::conjunction, "und|oder|sowie|plus"},
    {de, Role::filler,
     "option|optionen|auswahl|alternative|alternativen|sorten|bitte|gut|gute|guten|beste|besten|"
     "leckere|lecker|leckeren|frisch|frische|berühmte|stück|"
     "stücke|scheibe|scheiben|portionen|paare|tasse|glas|flasche|portion|paar|eins|zwei|drei|vier|"
     "fünf|verfügbar|vorrätig|"
     "auf lager|artikel|jeder|pro|schön|genau|eigentlich|normal|normale"},
    {de, Role::pronoun, "das|dies|dieses|diese|dieser|diesen|es"},
    {pt, Role::stop,
     "eu|me|mim|meu|minha|nós|nos|nosso|nossa|tu|te|teu|tua|você|voce|vocês|voces|vc|vcs|seu|sua|"
     "seus|suas|ele|ela|eles|elas|lhe|se|que|quê|qual|quais|quem|como|quando|porque|é|são|sao|era|"
     "sou|somos|está|esta|estão|estao|há|ha|ser|estar|não|nao|nem|já|hoje|amanhã|agora|aqui|ali|lá|"
     "muito|tão|mais|menos|sobre|desde|até|se|pode|podem|posso|poderia|poderiam|quero|queria|"
     "gostaria|preciso|procuro|saber|diga|dizer|disse|dar|ver|fazem|faz|tudo|todos|toda|todas|"
     "outro|outra|outros|algo|alguém|algum|alguma|alguns|nada|tipo|tipos|coisa|coisas|amigo|"
     "confirme|confirma|confirmar|pergunta|dá|dá pra|dá para|dá pra fazer|dá para "
     "fazer|também|tambem|só|ainda|favor|cada|ao"},
    {pt, Role::connector, "de|do|da|dos|das|com|sem|em|no|na|para|pra|por|ao"},
    {pt, Role::article, "o|a|os|as|um|uma|uns|umas|seu|sua|vosso|vossa"},
    {pt, Role::conjunction, "e|ou|mais|junto com"},
    {pt, Role::filler,
     "opção|opções|alternativas|variedades|por "
     "favor|porfavor|pfv|bom|boa|melhor|melhores|delicioso|deliciosa|gostoso|gostosa|famoso|famosa|"
     "fresco|fresca|fatia|fatias|pedaço|pedaços|porção|porções|pares|xícara|chávena|copo|garrafa|"
     "par|dois|duas|três|quatro|"
     "cinco|disponível|disponíveis|estoque|stock|produto|cada|bonito|exatamente|normal"},
    {pt, Role::pronoun, "isso|isto|esse|essa|este|aquilo|esses|essas"},
    {it, Role::stop,
     "io|mi|me|mio|mia|noi|ci|nostro|nostra|tu|te|ti|tuo|tua|voi|vi|lei|lui|loro|suo|sua|si|chi|"
     "che|cosa|qual|quale|quali|quando|perché|perche|come|è|sono|era|sei|siete|siamo|ho|hai|ha|"
     "abbiamo|"
     "avere|essere|non|no|già|oggi|domani|adesso|ora|qui|qua|lì|là|molto|più|meno|su|se|può|puoi|"
     "potete|posso|potrei|potrebbe|vorrei|voglio|vuole|vuoi|bisogno|cerco|sapere|dire|dimmi|mi "
     "dica|detto|dice|dare|vedere|prendere|fate|fa|fare|tutto|tutti|tutta|tutte|altro|altra|altri|"
     "qualcosa|qualcuno|qualche|niente|tipo|tipi|cose|amico|conferma|confermare|confermi|domanda|"
     "anche|ancora|solo|ogni|favore|c|ne|lo|fino"},
    {it, Role::connector,
     "di|d|del|della|dei|delle|dello|dell|con|senza|in|per|al|alla|allo|all|ai|alle|da|a"},
    {it, Role::article, "il|lo|la|i|gli|le|l|un|uno|una|vostro|vostra"},
    {it, Role::conjunction, "e|ed|o|oppure|più"},
    {it, Role::filler,
     "opzione|opzioni|scelta|alternative|per favore|per "
     "piacere|buono|buona|migliore|migliori|delizioso|deliziosa|famoso|famosa|fresco|fresca|fetta|"
     "pezzo|pezzi|fette|porzione|porzioni|paia|tazza|bicchiere|bottiglia|paio|due|tre|quattro|"
     "cinque|disponibile|disponibili|"
     "prodotto|bello|bella|esattamente|normale"},
    {it, Role::pronoun, "questo|questa|quello|quella|questi|quelli|ciò"},
};

constexpr RoleRow kQuestions[] = {
    {en, Role::price,
     "how much|how "
     "expensive|price|prices|priced|pricing|cost|costs|costing|charge|charges|rate|rates|fee|fees|"
     "price of|cost of|what does|whats the price|pay for|cheapest|most expensive|least expensive"},
    {es, Role::price,
     "cuánto|cuanto|cuánto cuesta|cuánto cuestan|cuánto vale|cuánto "
     "valen|cuánto sale|cuánto salen|cuesta|cuestan|costo|coste|precio|precios|tarifa|tarifas|a "
     "cómo|cobran|cuanto es"},
    {fr, Role::price,
     "combien|combien coûte|combien coûtent|coûte|coûtent|coûter|coût|prix|tarif|tarifs|c'est "
     "combien"},
    {de, Role::price,
     "was kostet|was kosten|kostet|kosten|preis|preise|preisen|wie viel|wieviel|wie "
     "teuer|teuer|tarif"},
    {pt, Role::price,
     "quanto|quanto custa|quanto custam|quanto é|quanto sai|quanto saem|quanto "
     "fica|custa|custam|custo|preço|preços|valor|tarifa"},
    {it, Role::price,
     "quanto|quanto costa|quanto costano|quanto viene|quanto "
     "vengono|costa|costano|costo|prezzo|prezzi|tariffa|tariffe"},
    {en, Role::have,
     "do you have|do u have|u have|have you|do you sell|do you offer|do you do|do you make|do you "
     "serve|do you carry|do you "
     "stock|have you got|you got|got any|is there|are there|for sale|available|in stock|out of "
     "stock|sold "
     "out|availability|sell|stock|left|any"},
    {es, Role::have,
     "tienen|tienes|tiene|tenéis|teneis|venden|vendes|vende|ofrecen|hay|disponible|disponibles|en "
     "stock|agotado|quedan|queda|sirven"},
    {fr, Role::have,
     "avez vous|avez|est ce que vous avez|vous avez|vous avez quoi comme|avez vous quoi comme|"
     "vous faites quoi comme|vous vendez quoi comme|vendez|vendez vous|proposez|y a t il|il y "
     "a|disponible|disponibles|dispo|en stock|en rupture|reste|servez"},
    {de, Role::have,
     "habt ihr|haben sie|hast du|gibt es|gibts|verkauft ihr|verkaufen sie|verkauft|verkaufen|führt "
     "ihr|führen sie|bietet ihr|bieten sie|bieten|bietet|verfügbar|vorrätig|auf "
     "lager|ausverkauft|erhältlich"},
    {pt, Role::have,
     "tem|têm|tens|vocês têm|vendem|vende|oferecem|há|disponível|disponíveis|em estoque|em "
     "stock|esgotado|esgotou|servem"},
    {it, Role::have,
     "avete|ha|hai|c'è|ci "
     "sono|vendete|vende|offrite|disponibile|disponibili|esaurito|esaurita|servite|fate"},
    {en, Role::list,
     "menu|catalog|catalogue|price list|what do you have|what do you sell|what do you offer|what "
     "do you serve|what can i order|what can i buy|what have you got|what products|what "
     "services|which products|which services|everything|all prices|all your prices|what else|what "
     "kind of things|your products|your "
     "services|all products|products|services|list of|show me what you have|what is "
     "there|recommend|"
     "recommends|recommendation|recommendations|suggest|suggestion|suggestions|most popular|best "
     "seller|best sellers|bestseller|specialty|speciality"},
    {es, Role::list,
     "menú|carta|catálogo|qué tienen|qué tienes|qué tiene|qué venden|qué vende|qué ofrecen|qué "
     "hay|qué puedo pedir|qué productos|qué servicios|productos|servicios|lista de precios|"
     "recomiendas|recomiendan|recomienda|recomendación|recomendaciones|más popular|más vendido|"
     "especialidad|especialidades"},
    {fr, Role::list,
     "menu|carte|catalogue|qu'avez vous|qu'est ce que vous avez|qu'est ce que vous vendez|qu'est "
     "ce que vous proposez|que vendez vous|que proposez vous|quels produits|quels "
     "services|produits|services|prestations|liste des prix|recommandez|recommandes|recommandation|"
     "conseillez|conseilles|plus populaire|spécialité|spécialités"},
    {de, Role::list,
     "menü|karte|speisekarte|speisekarten|katalog|angebot|sortiment|was habt ihr|was haben sie|was "
     "gibt es|was gibts|was verkauft ihr|was verkaufen sie|was bietet ihr|was bieten sie|welche "
     "produkte|welche leistungen|produkte|leistungen|preisliste|empfehlen|empfehlt|empfiehlst|"
     "empfehlung|empfehlungen|beliebteste|beliebtesten|spezialität|spezialitäten"},
    {pt, Role::list,
     "menu|cardápio|ementa|catálogo|o que vocês têm|o que tem|o que têm|o que vendem|o que vocês "
     "vendem|o que oferecem|quais produtos|quais serviços|que produtos|que "
     "serviços|produtos|serviços|lista de preços|recomenda|recomendam|recomendação|sugere|sugerem|"
     "mais popular|mais vendido|especialidade|especialidades"},
    {it, Role::list,
     "menu|menù|listino|catalogo|cosa avete|che cosa avete|cosa vendete|cosa offrite|cosa c'è|che "
     "cosa c'è|quali prodotti|quali servizi|che prodotti|che servizi|prodotti|servizi|lista dei "
     "prezzi|consigli|consigliate|consiglia|consigliato|raccomandate|più popolare|più venduto|"
     "specialità"},
    {en, Role::hours,
     "open|opens|opening|opening hours|opening times|hours|hrs|business hours|working "
     "hours|close|closes|closed|closing|what time|until when|till when|when are you|when do "
     "you|open today|open "
     "on|sunday|sundays|saturday|saturdays|monday|weekend|weekends|holidays"},
    {es, Role::hours,
     "horario|horarios|hasta qué hora|hasta que "
     "hora|abren|abre|abrís|abierto|abierta|abiertos|cierran|cierra|cerráis|cerrado|a "
     "qué hora|hasta cuándo|qué horario|apertura|cierre|domingo|domingos|sábado|sábados|lunes|fin "
     "de semana"},
    {fr, Role::hours,
     "horaire|horaires|heures "
     "d'ouverture|ouvert|ouverte|ouverts|ouvrez|ouvre|ouverture|fermez|fermé|ferme|fermeture|à "
     "quelle heure|jusqu'à quand|jusqu'à quelle heure|quelle heure|dimanche|samedi|lundi|week end"},
    {de, Role::hours,
     "öffnungszeit|öffnungszeiten|geöffnet|offen|öffnet|öffnen|macht ihr auf|macht ihr zu|machen "
     "sie zu|machen sie "
     "auf|schließt|schließen|geschlossen|wann habt ihr|wann haben sie|wann macht ihr|wann machen "
     "sie|um wie viel uhr|bis wann|"
     "auf|sonntag|sonntags|samstag|samstags|montag|wochenende|feiertag|feiertagen"},
    {pt, Role::hours,
     "horário|horários|abrem|abre|aberto|aberta|abertos|fecham|fecha|fechado|a que horas|até que "
     "horas|até "
     "quando|que "
     "horas|funcionamento|domingo|domingos|sábado|sábados|segunda feira|fim de semana"},
    {it, Role::hours,
     "orario|orari|aprite|apre|aperto|aperta|aperti|apertura|chiudete|chiude|chiuso|chiusi|"
     "chiusura|a che ora|fino a quando|fino a che ora|che ora|domenica|sabato|lunedì|fine "
     "settimana"},
    {en, Role::contact,
     "where|where are you|address|located|location|directions|find you|get there|phone|phone "
     "number|telephone|email|e mail|contact|call you|website|parking|park|how do i reach|reach "
     "you|map"},
    {es, Role::contact,
     "dónde|donde|dónde están|dirección|direccion|ubicación|ubicados|cómo llegar|cómo "
     "llego|teléfono|número de teléfono|número|correo|email|contacto|contactar|sitio "
     "web|aparcamiento|estacionamiento|mapa"},
    {fr, Role::contact,
     "où|où êtes vous|où se trouve|adresse|situé|situés|trouver|téléphone|numéro de "
     "téléphone|numéro|mail|email|e mail|contacter|contact|site web|parking|comment venir|plan"},
    {de, Role::contact,
     "wo|wo seid ihr|wo sind "
     "sie|adresse|anschrift|standort|anfahrt|telefon|telefonnummer|nummer|email|e "
     "mail|mail|kontakt|erreichen|webseite|parkplatz|parken|finde ich euch"},
    {pt, Role::contact,
     "onde|onde fica|onde ficam|endereço|morada|localização|localizados|como chegar|como "
     "chego|telefone|número de telefone|número|email|e "
     "mail|contato|contacto|contatar|site|estacionamento|mapa"},
    {it, Role::contact,
     "dove|dov'è|dove siete|indirizzo|posizione|come arrivare|come arrivo|telefono|numero di "
     "telefono|numero|email|e mail|contatto|contatti|contattare|sito|parcheggio|mappa"},
    {en, Role::delivery,
     "deliver|delivers|delivery|deliveries|ship|ships|shipping|shipment|take "
     "away|takeaway|pickup|pick up"},
    {es, Role::delivery,
     "entrega|entregas|entregan|envío|envíos|envían|envian|reparto|reparten|a domicilio|para "
     "llevar|recoger"},
    {fr, Role::delivery,
     "livraison|livraisons|livrez|livrer|livrez vous|expédition|expédiez|à emporter|emporter"},
    {de, Role::delivery,
     "liefert|liefern|lieferung|lieferungen|lieferservice|liefert "
     "ihr|versand|versenden|verschickt|zum mitnehmen|mitnehmen|abholen|abholung"},
    {pt, Role::delivery,
     "entrega|entregas|entregam|entregar|envio|envios|enviam|frete|delivery|para levar|retirar"},
    {it, Role::delivery,
     "consegna|consegne|consegnate|consegnare|spedizione|spedizioni|spedite|domicilio|asporto|"
     "ritiro"},
    {en, Role::payment,
     "american express|amex|debit card|pay|paying|payment|payments|credit "
     "card|card|cards|cash|visa|mastercard|paypal|apple "
     "pay|google pay|contactless|invoice|do you accept"},
    {es, Role::payment,
     "pagar|pago|pagos|tarjeta|tarjetas|tarjeta de "
     "crédito|efectivo|aceptan|bizum|paypal|visa|factura"},
    {fr, Role::payment,
     "payer|paiement|paiements|carte bancaire|carte de "
     "crédit|cb|espèces|acceptez|chèque|paypal|visa|facture"},
    {de, Role::payment,
     "bezahlen|zahlen|zahlung|zahlungsarten|kartenzahlung|kreditkarte|ec karte|bargeld|bar "
     "zahlen|akzeptiert|paypal|visa|rechnung|mit karte"},
    {pt, Role::payment,
     "pagar|pagamento|pagamentos|cartão|cartões|cartão de "
     "crédito|dinheiro|aceitam|aceita|multibanco|mbway|pix|paypal|visa|fatura"},
    {it, Role::payment,
     "pagare|pagamento|pagamenti|carta di "
     "credito|carta|carte|contanti|bancomat|accettate|satispay|paypal|visa|fattura"},
    {en, Role::booking,
     "book a table|book for|reserve for|reserve a table|reservation|reservations|table for|make a "
     "reservation|make a "
     "booking|appointment|appointments|book an appointment"},
    {es, Role::booking,
     "reservar mesa|reservar una mesa|mesa para|reserva|reservas|cita|citas|pedir cita"},
    {fr, Role::booking,
     "réserver une table|table pour|réservation|réservations|rendez vous|prendre rendez vous"},
    {de, Role::booking,
     "tisch reservieren|einen tisch|tisch für|reservierung|reservierungen|termin|termine"},
    {pt, Role::booking,
     "reservar mesa|reservar uma mesa|mesa para|reserva|reservas|marcação|agendamento"},
    {it, Role::booking, "prenotare un tavolo|tavolo per|prenotazione|prenotazioni|appuntamento"},
    {en, Role::reserve, "book|booking|reserve"},
    {es, Role::reserve, "reservar"},
    {fr, Role::reserve, "réserver"},
    {de, Role::reserve, "buchen|reservieren"},
    {pt, Role::reserve, "reservar|agendar|marcar"},
    {it, Role::reserve, "prenotare"},
    {en, Role::order,
     "i want|i would like|i'd like|id like|i'll have|ill have|i'll take|ill take|can i get|can i "
     "have|i take|we take|we'll take|we'll have|let me get|let me have|could i get|could i "
     "have|may i have|order|place an "
     "order|buy|purchase|book|booking|reserve"},
    {es, Role::order,
     "quiero|quisiera|me gustaría|me das|me da|me "
     "pone|ponme|pedir|pedido|comprar|encargar|reservar"},
    {fr, Role::order,
     "je voudrais|je veux|j'aimerais|je prends|je vais "
     "prendre|commander|commande|acheter|réserver"},
    {de, Role::order,
     "ich möchte|ich hätte gern|ich hätte gerne|ich nehme|ich "
     "will|bestellen|bestellung|kaufen|buchen|reservieren"},
    {pt, Role::order, "quero|queria|gostaria de|pedir|encomendar|comprar|reservar|agendar|marcar"},
    {it, Role::order, "vorrei|voglio|prendo|ordinare|ordine|comprare|acquistare|prenotare"},
    {en, Role::discount,
     "discount|discounts|discounted|coupon|coupons|promo|promo code|promotion|voucher code|half "
     "price|half off|percent off|percent|deal|cheaper|lower price|for free|free of "
     "charge|off"},
    {es, Role::discount,
     "descuento|descuentos|rebaja|rebajas|cupón|promoción|oferta|ofertas|mitad de precio|por "
     "ciento|más barato|gratis"},
    {fr, Role::discount,
     "réduction|réductions|remise|remises|promo|promotion|coupon|moitié prix|pour cent|moins "
     "cher|gratuit|solde|soldes"},
    {de, Role::discount,
     "rabatt|rabatte|gutscheincode|aktion|halber preis|halben preis|zum halben "
     "preis|prozent|billiger|billigeres|günstiger|günstigeres|kostenlos|gratis|umsonst"},
    {pt, Role::discount,
     "desconto|descontos|cupom|cupão|promoção|promoções|metade do preço|por cento|mais "
     "barato|grátis|de graça"},
    {it, Role::discount,
     "sconto|sconti|scontato|coupon|promozione|promozioni|metà prezzo|per cento|più "
     "economico|gratis|offerta"},
};

}  // namespace

const std::vector<RoleRow>& role_rows() {
  static const std::vector<RoleRow> rows = [] {
    std::vector<RoleRow> all(std::begin(kGrammarWords), std::end(kGrammarWords));
    all.insert(all.end(), std::begin(kQuestions), std::end(kQuestions));
    const auto courtesy = courtesy_rows();
    all.insert(all.end(), courtesy.begin(), courtesy.end());
    const auto quantities = quantity_rows();
    all.insert(all.end(), quantities.begin(), quantities.end());
    const auto needs = need_rows();
    all.insert(all.end(), needs.begin(), needs.end());
    const auto degrees = degree_rows();
    all.insert(all.end(), degrees.begin(), degrees.end());
    const auto contents = content_rows();
    all.insert(all.end(), contents.begin(), contents.end());
    const auto qualities = quality_rows();
    all.insert(all.end(), qualities.begin(), qualities.end());
    return all;
  }();
  return rows;
}

}  // namespace aura::agent
