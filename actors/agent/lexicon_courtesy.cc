// Phrases apart from questions about goods: greetings, thanks, complaints, "are you a bot?".
#include "actors/agent/lexicon.h"

namespace aura::agent {
namespace {

using enum Language;

constexpr RoleRow kCourtesy[] = {
    {en, Role::greeting,
     "hi|hello|hey|hiya|heya|good morning|good afternoon|good evening|greetings|howdy|hi "
     "there|hello there|hey there|how are you|yo|what can you do|what do you do|how can you help|"
     "how can you help me|what can you help me with"},
    {es, Role::greeting, "hola|buenos días|buenas tardes|buenas noches|buenas|qué tal|saludos"},
    {fr, Role::greeting, "bonjour|bonsoir|salut|coucou"},
    {de, Role::greeting,
     "hallo|guten tag|guten morgen|guten abend|moin|servus|grüß gott|grüezi|hi"},
    {pt, Role::greeting, "olá|oi|bom dia|boa tarde|boa noite|tudo bem"},
    {it, Role::greeting, "ciao|buongiorno|buonasera|buon giorno|buona sera|salve"},
    {en, Role::thanks, "thanks|thank you|thx|ty|cheers|much appreciated|thank u|many thanks"},
    {es, Role::thanks, "gracias|muchas gracias|mil gracias|te agradezco"},
    {fr, Role::thanks, "merci|merci beaucoup|je vous remercie"},
    {de, Role::thanks, "danke|dankeschön|danke schön|vielen dank|besten dank"},
    {pt, Role::thanks, "obrigado|obrigada|muito obrigado|muito obrigada|valeu"},
    {it, Role::thanks, "grazie|grazie mille|molte grazie|ti ringrazio"},
    {en, Role::goodbye,
     "bye|goodbye|bye bye|see you|see ya|good night|have a nice day|have a good day|later"},
    {es, Role::goodbye, "adiós|adios|hasta luego|hasta pronto|chao|nos vemos"},
    {fr, Role::goodbye, "au revoir|à bientôt|à plus|bonne journée|bonne soirée|adieu"},
    {de, Role::goodbye, "tschüss|tschüß|auf wiedersehen|bis bald|bis später|schönen tag"},
    {pt, Role::goodbye, "tchau|adeus|até logo|até breve|até mais"},
    {it, Role::goodbye, "arrivederci|a presto|addio|buona giornata|buona notte"},
    {en, Role::person,
     "human|real person|someone real|agent|live "
     "agent|operator|representative|manager|customer service|customer support|talk to a "
     "person|talk to someone|speak to someone|speak with someone|talk with someone|talk to a "
     "human|speak to a person|speak with a person|talk to you in person|member of staff|staff "
     "member|person please|someone please|connect me with|connect me to|put me through|talk to "
     "staff|real human|not a bot|no bot|don't want to talk to a bot|dont want to "
     "talk to a bot|call me|employee|your boss"},
    {es, Role::person,
     "humano|persona "
     "real|agente|operador|operadora|representante|encargado|gerente|atención al cliente|hablar "
     "con alguien|hablar con una persona|hablar con un humano|con alguien|persona por "
     "favor|asesor|empleado"},
    {fr, Role::person,
     "humain|vraie "
     "personne|agent|opérateur|conseiller|conseillère|responsable|service client|parler à "
     "quelqu'un|parler à une personne|parler avec quelqu'un|à quelqu'un|employé|un humain"},
    {de, Role::person,
     "mensch|echten menschen|echte "
     "person|mitarbeiter|mitarbeiterin|berater|chef|kundendienst|kundenservice|mit jemandem "
     "sprechen|mit jemandem|jemand sprechen|mit einem menschen|mit einer person"},
    {pt, Role::person,
     "humano|pessoa real|atendente|operador|gerente|atendimento ao cliente|falar com "
     "alguém|falar com uma pessoa|falar com um humano|com alguém|pessoa por favor|funcionário"},
    {it, Role::person,
     "umano|persona vera|operatore|operatrice|responsabile|servizio clienti|parlare "
     "con qualcuno|parlare con una persona|con qualcuno|persona per favore|un addetto|impiegato"},
    {en, Role::somebody, "a person"},
    {es, Role::somebody, "una persona"},
    {fr, Role::somebody, "une personne"},
    {de, Role::somebody, "menschen|eine person|einer person"},
    {pt, Role::somebody, "uma pessoa"},
    {it, Role::somebody, "una persona"},
    {en, Role::yes, "yes|yes please|yeah|yep|sure|ok|okay|please do|yup"},
    {es, Role::yes, "sí|si|claro|vale|por favor sí|dale|ok"},
    {fr, Role::yes, "oui|d'accord|volontiers|ok|bien sûr"},
    {de, Role::yes, "ja|ja bitte|gerne|gern|ok|klar"},
    {pt, Role::yes, "sim|claro|pode ser|ok|por favor"},
    {it, Role::yes, "sì|si|certo|va bene|ok|volentieri"},
    {en, Role::fine,
     "lol|haha|hahaha|no|nope|nah|no thanks|no thank you|nothing|nothing else|nothing thanks|never "
     "mind|nevermind|"
     "ok|okay|k|fine|perfect|cool|great|alright|all right|got it|understood|i see|good to "
     "know|that's all|thats all|that is all|that's it|no problem|no worries|awesome|super"},
    {es, Role::fine,
     "jaja|jajaja|no|nada|nada más|no gracias|ok|okay|vale|perfecto|perfecta|genial|entendido|de "
     "acuerdo|eso "
     "es todo|no pasa nada|da igual|muy bien"},
    {fr, Role::fine,
     "mdr|non|non merci|rien|rien d'autre|ok|parfait|super|génial|d'accord|compris|c'est tout|ça "
     "marche|très bien|pas grave|laissez tomber"},
    {de, Role::fine,
     "nein|nein danke|nee|nichts|nichts weiter|ok|okay|perfekt|super|toll|prima|alles klar|"
     "verstanden|das ist alles|das war's|das wars|schon gut|egal|passt"},
    {pt, Role::fine,
     "kkk|rsrs|não|nao|não obrigado|não obrigada|nada|mais "
     "nada|ok|perfeito|ótimo|beleza|entendi|está bem|é "
     "só isso|tudo certo|deixa pra lá|fixe|legal"},
    {it, Role::fine,
     "no|no grazie|niente|nient'altro|ok|perfetto|ottimo|capito|va bene|d'accordo|è tutto|non fa "
     "niente|lascia stare|fantastico"},
    {en, Role::complaint,
     "complaint|complain|complaints|where is my "
     "order|wheres my order|my order|order status|wrong order|never arrived|not "
     "arrived|damaged|broken|defective|terrible|awful|horrible|disgusting|disappointed|was bad|"
     "were bad|is bad|was cold|were cold|made me sick|food poisoning|charged me|charged me "
     "twice|charged "
     "twice|overcharged|double charged|charged too much|sucks|hair in my|hair in the|got sick|made "
     "us sick|food "
     "poisoned|poisoned|rude|gross"},
    {es, Role::complaint,
     "queja|quejas|quejarme|reclamo|reclamación|reclamar|"
     "mi pedido|dónde está mi pedido|no ha llegado|no "
     "llegó|dañado|roto|rota|defectuoso|terrible|horrible|asqueroso|estaba malo|estaba mala|estaba "
     "frío|estaba fría|estaban fríos|me cobraron|me han "
     "cobrado|cobraron de más|cobrado dos veces|"
     "decepcionado|decepcionada|un pelo en|intoxicado|intoxicada|intoxicación"},
    {fr, Role::complaint,
     "plainte|réclamation|réclamations|ma "
     "commande|où est ma commande|pas arrivé|pas arrivée|jamais arrivé|cassé|"
     "cassée|abîmé|défectueux|horrible|dégoûtant|déçu|déçue|était mauvais|était mauvaise|était "
     "froid|"
     "était froide|étaient froids|facturé deux fois|débité deux fois|m'avez facturé|m'avez "
     "débité|un cheveu "
     "dans|intoxication|intoxiqué|intoxiquée"},
    {de, Role::complaint,
     "beschwerde|beschweren|reklamation|reklamieren|meine "
     "bestellung|wo ist meine bestellung|nicht angekommen|nie "
     "angekommen|beschädigt|kaputt|defekt|schrecklich|furchtbar|ekelhaft|enttäuscht|war schlecht|"
     "war kalt|waren kalt|doppelt abgebucht|zweimal abgebucht|zu viel berechnet|doppelt "
     "berechnet|haar in meiner|haar in der|"
     "haar im|vergiftet|lebensmittelvergiftung"},
    {pt, Role::complaint,
     "reclamação|reclamações|reclamar|queixa|meu pedido|"
     "minha encomenda|onde está meu pedido|não chegou|danificado|quebrado|"
     "estragado|péssimo|horrível|decepcionado|decepcionada|estava ruim|estava frio|estava fria|"
     "estavam frios|me cobraram|cobraram duas vezes|cobrado duas vezes|um cabelo na|um "
     "cabelo no|intoxicado|intoxicada|intoxicação"},
    {it, Role::complaint,
     "reclamo|reclami|lamentela|lamentarmi|il mio ordine|dov'è il mio "
     "ordine|non è arrivato|mai arrivato|danneggiato|rotto|difettoso|"
     "terribile|orribile|disgustoso|deluso|delusa|era cattivo|era cattiva|era freddo|era fredda|"
     "erano freddi|mi avete addebitato|addebitato due volte|un capello nel|un "
     "capello nella|intossicato|intossicata|intossicazione"},
    {en, Role::complaint, "arrived|came cold|came late|is late|still waiting for my|never came"},
    {es, Role::complaint, "llegó|llegaron|ha llegado|han llegado|vino frío|vino fría|vino roto"},
    {fr, Role::complaint, "est arrivé|est arrivée|sont arrivés|sont arrivées|fané|fanée|fanées"},
    {de, Role::complaint, "ist angekommen|sind angekommen|kam kalt|kam zu spät|verwelkt"},
    {pt, Role::complaint, "chegou|chegaram|veio frio|veio fria|veio errado|veio errada"},
    {it, Role::complaint,
     "è arrivata|è arrivato|sono arrivati|sono arrivate|arrivata fredda|arrivato freddo"},
    {es, Role::order, "me lo llevo|me la llevo|me los llevo|me las llevo|lo quiero|la quiero"},
    {fr, Role::order, "je le prends|je la prends|je les prends"},
    {de, Role::order, "nehme ich|nehm ich|ich nehm|ich nehms"},
    {pt, Role::order, "vou levar|vou querer|fico com|levo"},
    {it, Role::order, "lo prendo|la prendo|li prendo|le prendo"},
    {en, Role::returns,
     "refund|refunds|refunded|return policy|returns|return it|return this|return something|return "
     "an item|return the|return my|return a|can i return|cancel my order|cancel an order|cancel "
     "the order|cancel order|send back|money back|reimburse"},
    {es, Role::returns,
     "reembolso|reembolsos|devolución|devoluciones|devolver|cancelar mi pedido|cancelar un "
     "pedido|cancelar el pedido"},
    {fr, Role::returns,
     "remboursement|remboursements|rembourser|remboursé|retour|retours|retourner|échanger|rendre "
     "un|rendre le|annuler ma "
     "commande|annuler une commande"},
    {de, Role::returns,
     "rückerstattung|erstattung|geld zurück|rückgabe|umtausch|umtauschen|zurückgeben|bestellung "
     "stornieren|meine bestellung stornieren"},
    {pt, Role::returns,
     "reembolso|reembolsos|devolução|devoluções|devolver|cancelar meu pedido|cancelar o meu "
     "pedido|cancelar o pedido"},
    {it, Role::returns,
     "rimborso|rimborsi|rimborsare|reso|resi|restituire|annullare il mio ordine|annullare un "
     "ordine|annullare l'ordine"},
    // What a customer tells of himself asks for nothing.
    {en, Role::fine,
     "my email is|my e mail is|my phone number is|my number is|my name is|my address is"},
    {es, Role::fine, "mi correo es|mi email es|mi teléfono es|mi número es|me llamo|mi nombre es"},
    {fr, Role::fine, "mon email est|mon mail est|mon numéro est|mon adresse est|je m'appelle"},
    {de, Role::fine, "meine email ist|meine e mail ist|meine nummer ist|mein name ist|ich heiße"},
    {pt, Role::fine, "meu email é|meu e mail é|meu telefone é|meu número é|meu nome é|me chamo"},
    {it, Role::fine, "la mia email è|la mia mail è|il mio numero è|mi chiamo|il mio nome è"},

    {en, Role::distress,
     "kill myself|killing myself|commit suicide|suicidal|want to die|wanna die|end my life|take my "
     "own life|hurt myself|harm myself|self harm|don't want to live|dont want to live"},
    {es, Role::distress,
     "matarme|quitarme la vida|suicidarme|quiero morir|quiero morirme|hacerme daño|no quiero "
     "vivir"},
    {fr, Role::distress,
     "me tuer|me suicider|suicidaire|veux mourir|envie de mourir|mettre fin à mes jours|me faire "
     "du "
     "mal|plus envie de vivre"},
    {de, Role::distress,
     "ich will sterben|ich möchte sterben|mich umbringen|bringe mich um|mir das leben nehmen|will "
     "sterben|nicht mehr leben|mich töten|"
     "mir etwas antun|suizid|selbstmord"},
    {pt, Role::distress,
     "me matar|matar me|suicidar|quero morrer|tirar a minha vida|acabar com a minha vida|me "
     "machucar|não quero viver"},
    {it, Role::distress,
     "uccidermi|ammazzarmi|suicidarmi|voglio morire|togliermi la vita|farla finita|farmi del male|"
     "non voglio vivere"},

    {en, Role::identity,
     "are you a bot|are you a robot|are you an ai|are you ai|are you real|are you human|are you a "
     "human|are you a real person|are you a person|is this a bot|is this a robot|is this "
     "automated|am i talking to a bot|am i talking to a robot|am i talking to a human|am i talking "
     "to a person|who are you|whats your name|what's your name|what is your name|are "
     "you chatgpt"},
    {es, Role::identity,
     "eres un bot|eres un robot|es un bot|es un robot|eres una ia|eres humano|eres humana|eres una "
     "persona|es usted un robot|estoy hablando con un robot|quién eres|cómo te llamas|cuál es tu "
     "nombre"},
    {fr, Role::identity,
     "es tu un robot|êtes vous un robot|êtes vous un bot|êtes vous humain|êtes vous une vraie "
     "personne|vous êtes un robot|tu es un robot|je parle à un robot|qui êtes vous|qui es tu|"
     "comment vous appelez vous|comment tu t'appelles"},
    {de, Role::identity,
     "bist du ein bot|bist du ein roboter|sind sie ein bot|sind sie ein roboter|bist du eine ki|"
     "bist du ein mensch|sind sie ein mensch|bist du echt|spreche ich mit einem roboter|wer bist "
     "du|wer sind sie|wie heißt du|wie heißen sie"},
    {pt, Role::identity,
     "você é um robô|você é um bot|você é humano|você é uma pessoa|és um robô|é um robô|é um bot|"
     "estou falando com um robô|quem é você|quem és|qual é o seu nome|qual o seu nome|como você se "
     "chama"},
    {it, Role::identity,
     "sei un bot|sei un robot|sei umano|sei una persona|sei una ia|è un robot|è un bot|sto "
     "parlando con un robot|chi sei|chi siete|come ti chiami|qual è il tuo nome"},
};

}  // namespace

std::span<const RoleRow> courtesy_rows() { return kCourtesy; }

}  // namespace aura::agent
