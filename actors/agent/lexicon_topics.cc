// Services, what shops tell of themselves and what their customers do: English | Spanish | French |
// German | Portuguese | Italian.
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

constexpr ConceptRow kTopics[] = {
    {"repair,repairs,fix|reparación,reparaciones,arreglo,reparar|réparation,réparations,réparer|"
     "reparatur,reparaturen,reparieren|reparo,"
     "conserto,reparação,reparações|riparazione,riparazioni,riparare"},
    {"cleaning|limpieza|nettoyage,ménage|reinigung|limpeza|pulizia"},
    {"lesson,lessons,class,classes,course|clase,clases,curso|cours,leçon|kurs,unterricht,stunde|"
     "aula,aulas,curso|lezione,lezioni,corso"},
    {"consultation|consulta|consultation|beratung|consulta|consulenza,visita"},
    {"oil change|cambio de aceite|vidange|ölwechsel|troca de óleo|cambio olio"},
    {"party,event,events|fiesta,evento,eventos|fête,événement|feier,party,veranstaltung|festa,"
     "evento|festa,evento"},
    {"birthday|cumpleaños|anniversaire|geburtstag|aniversário|compleanno"},
    {"wedding|boda|mariage|hochzeit|casamento|matrimonio"},
    {"catering|catering|traiteur|catering|catering,buffet|catering"},
    {"delivery,deliver,delivers,deliveries,shipping,ship|entrega,entregas,entregan,envío,envíos,"
     "envían,reparto,reparten,domicilio|livraison,livraisons,livrez,livrer|lieferung,liefern,"
     "liefert,versand,versenden,lieferservice|entrega,entregas,entregam,entregar,envio,envios,"
     "frete|consegna,consegne,consegnate,consegnare,spedizione,spedite"},
    {"payment,payments,pay,paying|pago,pagos,pagar|paiement,paiements,payer|zahlung,zahlungsarten,"
     "zahlen,bezahlen|pagamento,pagamentos,pagar|pagamento,pagamenti,pagare"},
    {"card,cards,credit card|tarjeta,tarjetas|carte "
     "bancaire,cb,~carte|kreditkarte,kartenzahlung,~karte|cartão,cartões|carta di credito,carte di "
     "credito,bancomat"},
    {"cash|efectivo|espèces,liquide|bargeld,bar|dinheiro|contanti"},
    {"hours,opening "
     "hours,open,opening,close,closed,opens,closes|horario,horarios,abierto,abren,abre,cierran,"
     "cierra,cerrado,apertura|horaires,horaire,ouvert,ouverture,ouvrez,fermé,fermez|öffnungszeiten,"
     "geöffnet,öffnet,öffnen,geschlossen,schließt,schließen|horário,horários,aberto,abrem,abre,"
     "fecham,fecha,fechado,funcionamento|orario,orari,aperto,aperti,aprite,apre,chiuso,chiudete,"
     "chiude,apertura"},
    {"address,location,located,directions,where,find "
     "us|dirección,dónde,donde,ubicación,ubicados,llegar|adresse,où,situé|adresse,wo,anschrift,"
     "standort,anfahrt|"
     "endereço,onde,morada,localização|indirizzo,dove,posizione"},
    {"phone,telephone,call|teléfono,llamar,llámanos|téléphone,appeler|telefon,telefonnummer,"
     "anrufen|telefone,ligar|telefono,chiamare"},
    {"email,e mail,mail|correo,email|mail,email,courriel|email,mail|email,e mail|email,mail"},
    {"contact|contacto,contactar|contact,contacter|kontakt,kontaktieren|contato,contacto|contatto,"
     "contatti,contattare"},
    {"parking,park|aparcamiento,estacionamiento,aparcar|parking,stationnement,garer|parkplatz,"
     "parken,parkplätze|estacionamento,estacionar|parcheggio,parcheggiare"},
    {"wifi,wi fi,internet|wifi,wi fi,internet|wifi,wi fi,internet|wlan,wifi,internet|wifi,wi "
     "fi,internet|wifi,wi fi,internet"},
    {"password|contraseña,clave|mot de passe|passwort|senha,palavra passe|password"},
    {"allergen,allergens,allergy,allergies,allergic|alérgeno,alérgenos,alergia,alergias,alérgico|"
     "allergène,allergènes,allergie,allergies,allergique|allergen,allergene,allergie,allergien,"
     "allergisch|alérgeno,alérgenos,alergia,alergias,alérgico|allergene,allergeni,allergia,"
     "allergie,allergico"},
    {"ingredient,ingredients|ingrediente,ingredientes|ingrédient,ingrédients|zutat,zutaten|"
     "ingrediente,ingredientes|ingrediente,ingredienti"},
    {"reservation,reservations,booking,reserve,book a "
     "table|reserva,reservas,reservar|réservation,réservations,réserver|reservierung,"
     "reservierungen,reservieren,buchung|reserva,reservas,reservar|prenotazione,prenotazioni,"
     "prenotare"},
    {"appointment,appointments|cita,citas|rendez "
     "vous|termin,termine|marcação,agendamento,consulta|appuntamento,appuntamenti"},
    {"cancel,cancellation,cancellations|cancelar,cancelación|annuler,annulation|stornieren,"
     "stornierung,absagen,absage,abgesagt,storniert|cancelar,cancelamento|annullare,cancellazione,"
     "disdire"},
    {"return,returns,refund,refunds,exchange|devolución,devoluciones,devolver,reembolso,cambio|"
     "retour,retours,remboursement,échange,rembourser|rückgabe,umtausch,rückerstattung,zurückgeben|"
     "devolução,devoluções,devolver,reembolso,troca|reso,resi,rimborso,restituire,cambio"},
    {"warranty,guarantee|garantía|garantie|garantie|garantia|garanzia"},
    {"loyalty,rewards,points|fidelidad,puntos|fidélité,points|treue,treuekarte,punkte,bonuskarte|"
     "fidelidade,pontos|fedeltà,punti"},
    {"takeaway,take away,to go,pickup,pick up|para llevar,recoger,recogida|à emporter,emporter|zum "
     "mitnehmen,mitnehmen,abholung,abholen|para levar,retirada,levar|da asporto,asporto,ritiro"},
    {"terrace,patio,outdoor,outside|terraza|terrasse|terrasse,draußen|esplanada,terraço|terrazza,"
     "dehors"},
    {"pets,pet|mascota,mascotas|animaux|haustiere,haustier|animais,animal|animali"},
    {"restroom,restrooms,toilet,toilets,bathroom|baño,baños,aseo,aseos|toilettes|toilette,"
     "toiletten,"
     "klo|banheiro,casa de banho|bagno,bagni"},
    {"accessible,wheelchair|accesible,silla de ruedas|accessible,fauteuil "
     "roulant|barrierefrei,rollstuhl,rollstuhlgerecht|acessível,cadeira de rodas|accessibile,sedia "
     "a rotelle"},
    {"sunday,sundays|domingo,domingos|dimanche|sonntag,sonntags|domingo,domingos|domenica"},
    {"saturday,saturdays|sábado,sábados|samedi|samstag,samstags|sábado,sábados|sabato"},
    {"monday,mondays|lunes|lundi|montag,montags|segunda feira,segunda|lunedì"},
    {"weekend,weekends|fin de semana|week end|wochenende|fim de semana|fine settimana"},
    {"christmas,xmas|navidad,navidades|noël|weihnachten|natal|natale"},
    {"easter|pascua|pâques|ostern|páscoa|pasqua"},
    {"holiday,holidays|festivo,festivos|jour férié,jours "
     "fériés|feiertag,feiertage,feiertagen|feriado,feriados|festivo,festivi"},
    // What customers do
    {"bring,brings,bringing|traer,traiga,traigan,llevar|apporter,apportez,amener|mitbringen,"
     "bringen,"
     "mitzubringen|trazer,traga,tragam|portare,portate,porti"},
    {"freeze,frozen,freezing|congelar,congelado,congelada|congeler,congelé|einfrieren,eingefroren|"
     "congelar,congelado|congelare,congelato,congelata"},
    {"share,shared,sharing|compartir,compartido|partager,partagé|teilen,geteilt|partilhar,"
     "compartilhar|condividere,condiviso"},
    {"order,orders,ordered|pedir,pedido,pedidos|commander,commande,commandes|bestellen,bestellung,"
     "bestellungen|encomendar,encomenda,encomendas,pedido,pedidos|ordinare,ordine,ordini"},
};

}  // namespace

std::span<const ConceptRow> topic_concept_rows() { return kTopics; }

}  // namespace aura::agent
