#include "actors/agent/phrases.h"

#include <algorithm>
#include <array>

namespace aura::agent {
namespace {

// In the order of Phrase, and of kLanguages.
constexpr std::array<std::array<std::string_view, kLanguageCount>, kPhraseCount> kTexts{{
    {"Hi!", "¡Hola!", "Bonjour !", "Hallo!", "Olá!", "Ciao!"},
    {"Hi, welcome to {b}! How can I help you?", "¡Hola, bienvenido a {b}! ¿En qué puedo ayudarte?",
     "Bonjour et bienvenue chez {b} ! Comment puis-je vous aider ?",
     "Hallo und willkommen bei {b}! Wie kann ich helfen?",
     "Olá, boas-vindas a {b}! Como posso ajudar?",
     "Ciao, ti diamo il benvenuto da {b}! Come posso aiutarti?"},
    {"{n} is {p}.", "{n} cuesta {p}.", "{n} coûte {p}.", "{n} kostet {p}.", "{n} custa {p}.",
     "{n} costa {p}."},
    {"{n} is {p} each.", "{n} cuesta {p} por unidad.", "{n} coûte {p} l'unité.",
     "{n} kostet je {p}.", "{n} custa {p} por unidade.", "{n} costa {p} al pezzo."},
    {"{n} costs nothing.", "{n} no cuesta nada.", "{n} ne coûte rien.", "{n} kostet nichts.",
     "{n} não custa nada.", "{n} non costa nulla."},
    {"{n} is {p}, but it is not available at the moment.",
     "{n} cuesta {p}, pero ahora mismo no está disponible.",
     "{n} coûte {p}, mais n'est pas disponible pour le moment.",
     "{n} kostet {p}, ist aber im Moment nicht verfügbar.",
     "{n} custa {p}, mas não está disponível no momento.",
     "{n} costa {p}, ma al momento non è disponibile."},
    {"We have {n}, but I have no price for it here.", "Tenemos {n}, pero no tengo aquí su precio.",
     "Nous proposons {n}, mais je n'ai pas son prix ici.",
     "Wir haben {n}, aber mir liegt dafür kein Preis vor.",
     "Temos {n}, mas não tenho aqui o preço.", "Abbiamo {n}, ma qui non ho il prezzo."},
    {"Yes, we have {n} for {p}.", "Sí, tenemos {n} por {p}.", "Oui, nous avons {n} à {p}.",
     "Ja, wir haben {n} für {p}.", "Sim, temos {n} por {p}.", "Sì, abbiamo {n} a {p}."},
    {"Yes, we have {n}.", "Sí, tenemos {n}.", "Oui, nous avons {n}.", "Ja, wir haben {n}.",
     "Sim, temos {n}.", "Sì, abbiamo {n}."},
    {"{n} is not available at the moment, I'm afraid.",
     "Lo siento, {n} no está disponible en este momento.",
     "Désolé, {n} n'est pas disponible pour le moment.",
     "{n} ist im Moment leider nicht verfügbar.", "Lamento, {n} não está disponível no momento.",
     "Mi dispiace, {n} non è disponibile al momento."},
    {"Yes, we have {o} for {n} ({d}).", "Sí, tenemos {o} para {n} ({d}).",
     "Oui, nous avons {o} pour {n} ({d}).", "Ja, es gibt {o} zu {n} ({d}).",
     "Sim, temos {o} para {n} ({d}).", "Sì, abbiamo {o} per {n} ({d})."},
    {"Yes, we have {o} for {n}.", "Sí, tenemos {o} para {n}.", "Oui, nous avons {o} pour {n}.",
     "Ja, es gibt {o} zu {n}.", "Sim, temos {o} para {n}.", "Sì, abbiamo {o} per {n}."},
    {"The least expensive is {n}, at {p}.", "Lo más económico es {n}, por {p}.",
     "Le moins cher : {n}, à {p}.", "Am günstigsten ist {n} für {p}.",
     "O mais barato é {n}, por {p}.", "Il più economico è {n}, a {p}."},
    {"The most expensive is {n}, at {p}.", "Lo más caro es {n}, por {p}.",
     "Le plus cher : {n}, à {p}.", "Am teuersten ist {n} für {p}.", "O mais caro é {n}, por {p}.",
     "Il più caro è {n}, a {p}."},
    {"• {n}: {p}", "• {n}: {p}", "• {n} : {p}", "• {n}: {p}", "• {n}: {p}", "• {n}: {p}"},
    {"• {n}", "• {n}", "• {n}", "• {n}", "• {n}", "• {n}"},
    {"• {n} (not available now)", "• {n} (no disponible ahora)",
     "• {n} (indisponible pour le moment)", "• {n} (gerade nicht verfügbar)",
     "• {n} (indisponível agora)", "• {n} (ora non disponibile)"},
    {"• {n}: {p}, {o} {d}", "• {n}: {p}, {o} {d}", "• {n} : {p}, {o} {d}", "• {n}: {p}, {o} {d}",
     "• {n}: {p}, {o} {d}", "• {n}: {p}, {o} {d}"},
    {"• {n}: {p}, {o}", "• {n}: {p}, {o}", "• {n} : {p}, {o}", "• {n}: {p}, {o}", "• {n}: {p}, {o}",
     "• {n}: {p}, {o}"},
    {"Here is what we have:", "Esto es lo que tenemos:", "Voici ce que nous avons :",
     "Das haben wir:", "Isto é o que temos:", "Ecco cosa abbiamo:"},
    {"I couldn't find exactly that. The closest we have:",
     "No he encontrado exactamente eso. Lo más parecido que tenemos:",
     "Je n'ai pas trouvé exactement cela. Ce que nous avons de plus proche :",
     "Genau das habe ich nicht gefunden. Am nächsten kommt:",
     "Não encontrei exatamente isso. O mais parecido que temos:",
     "Non ho trovato esattamente quello. Il più simile che abbiamo:"},
    {"Did you mean this?", "¿Te refieres a esto?", "Pensiez-vous à ceci ?", "Ist das gemeint?",
     "Quis dizer isto?", "Intendevi questo?"},
    {"I'm afraid I can't find that in our catalog.",
     "Lo siento, no encuentro eso en nuestro catálogo.",
     "Désolé, je ne trouve pas cela dans notre catalogue.",
     "Das finde ich leider nicht in unserem Angebot.",
     "Lamento, não encontro isso no nosso catálogo.",
     "Mi dispiace, non lo trovo nel nostro catalogo."},
    {"I couldn't find the other one you mentioned.", "Lo otro que mencionas no lo encuentro.",
     "Je n'ai pas trouvé l'autre article mentionné.", "Das andere habe ich nicht gefunden.",
     "Não encontrei o outro que mencionou.", "L'altro che hai nominato non l'ho trovato."},
    {"I couldn't find exactly the other one. The closest we have:",
     "Lo otro no lo he encontrado exactamente. Lo más parecido:",
     "Je n'ai pas trouvé exactement l'autre. Le plus proche :",
     "Das andere habe ich nicht genau gefunden. Am nächsten kommt:",
     "O outro não encontrei exatamente. O mais parecido:",
     "L'altro non l'ho trovato esattamente. Il più simile:"},
    {"Here is some of what we offer:", "Esto es parte de lo que ofrecemos:",
     "Voici une partie de ce que nous proposons :", "Hier ein Teil unseres Angebots:",
     "Aqui está parte do que oferecemos:", "Ecco una parte di ciò che offriamo:"},
    {"There is more: just ask me about anything.", "Hay más: pregúntame por lo que busques.",
     "Il y a plus : demandez-moi ce que vous cherchez.", "Es gibt noch mehr: frag einfach nach.",
     "Há mais: pergunte-me pelo que procura.", "C'è altro: chiedimi pure quello che cerchi."},
    {"Our catalog isn't online yet.", "Nuestro catálogo todavía no está disponible aquí.",
     "Notre catalogue n'est pas encore en ligne.", "Unser Angebot ist hier noch nicht hinterlegt.",
     "O nosso catálogo ainda não está disponível aqui.", "Il nostro catalogo non è ancora online."},
    {"Which item would you like to know about?", "¿Sobre qué artículo quieres saber?",
     "De quel article s'agit-il ?", "Um welchen Artikel geht es?", "Sobre qual artigo quer saber?",
     "Di quale articolo vuoi sapere?"},
    {"I can only go by our listed prices and can't confirm anything else.",
     "Solo puedo guiarme por nuestros precios publicados y no puedo confirmar otra cosa.",
     "Je ne peux m'appuyer que sur nos prix affichés et ne peux rien confirmer d'autre.",
     "Ich kann nur unsere angegebenen Preise nennen und nichts anderes zusagen.",
     "Só posso indicar os nossos preços publicados e não posso confirmar outra coisa.",
     "Posso basarmi solo sui nostri prezzi pubblicati e non posso confermare altro."},
    {"For the exact amount, it's best to ask our team.",
     "Para el importe exacto, es mejor preguntar a nuestro equipo.",
     "Pour le montant exact, mieux vaut demander à notre équipe.",
     "Den genauen Betrag nennt dir am besten unser Team.",
     "Para o valor exato, é melhor perguntar à nossa equipa.",
     "Per l'importo esatto è meglio chiedere al nostro team."},
    {"I don't have that information here.", "No tengo esa información aquí.",
     "Je n'ai pas cette information ici.", "Diese Information liegt mir nicht vor.",
     "Não tenho essa informação aqui.", "Non ho questa informazione qui."},
    {"I'm not sure about that.", "No estoy seguro de eso.", "Je ne suis pas sûr de cela.",
     "Da bin ich mir nicht sicher.", "Não tenho certeza disso.", "Su questo non sono sicuro."},
    {"Your other question I can't answer for certain.", "A tu otra pregunta no sé responder.",
     "À votre autre question, je ne sais pas répondre.",
     "Die andere Frage kann ich nicht sicher beantworten.",
     "À sua outra pergunta não sei responder.", "All'altra domanda non so rispondere."},
    {"Yes, going by our opening hours we are open then.",
     "Sí, según nuestro horario estamos abiertos.",
     "Oui, d'après nos horaires, nous sommes ouverts.",
     "Ja, nach unseren Öffnungszeiten haben wir dann geöffnet.",
     "Sim, segundo o nosso horário estamos abertos.", "Sì, secondo i nostri orari siamo aperti."},
    {"No, going by our opening hours we are closed then.",
     "No, según nuestro horario estamos cerrados.",
     "Non, d'après nos horaires, nous sommes fermés.",
     "Nein, nach unseren Öffnungszeiten haben wir dann geschlossen.",
     "Não, segundo o nosso horário estamos fechados.", "No, secondo i nostri orari siamo chiusi."},
    {"No, going by our opening hours we are open then.",
     "No, según nuestro horario estamos abiertos.",
     "Non, d'après nos horaires, nous sommes ouverts.",
     "Nein, nach unseren Öffnungszeiten haben wir dann geöffnet.",
     "Não, segundo o nosso horário estamos abertos.", "No, secondo i nostri orari siamo aperti."},
    {"Yes, going by our opening hours we are closed then.",
     "Sí, según nuestro horario estamos cerrados.",
     "Oui, d'après nos horaires, nous sommes fermés.",
     "Ja, nach unseren Öffnungszeiten haben wir dann geschlossen.",
     "Sim, segundo o nosso horário estamos fechados.", "Sì, secondo i nostri orari siamo chiusi."},
    {"Whether that is in it I can't say for certain.", "No puedo asegurar si lo lleva o no.",
     "Je ne peux pas dire avec certitude s'il y en a.",
     "Ob das darin ist, kann ich nicht sicher sagen.", "Não posso garantir se leva isso ou não.",
     "Non posso dire con certezza se c'è."},
    {"I can only name each price by itself; a person can add them up for you.",
     "Solo puedo dar cada precio por separado; una persona puede hacer la suma.",
     "Je ne peux donner que chaque prix séparément ; une personne peut faire le total.",
     "Ich kann nur die einzelnen Preise nennen; zusammenrechnen kann sie ein Mensch.",
     "Só posso dar cada preço em separado; uma pessoa pode fazer a soma.",
     "Posso dare solo i singoli prezzi; una persona può fare la somma."},
    {"I'm an automated assistant, not a person.", "Soy un asistente automático, no una persona.",
     "Je suis un assistant automatique, pas une personne.",
     "Ich bin ein automatischer Assistent, kein Mensch.",
     "Sou um assistente automático, não uma pessoa.",
     "Sono un assistente automatico, non una persona."},
    {"I'm sorry about that. Someone from our team should look into it.",
     "Lo siento. Alguien de nuestro equipo debería ocuparse de ello.",
     "Je suis désolé. Quelqu'un de notre équipe devrait s'en occuper.",
     "Das tut mir leid. Darum sollte sich jemand aus unserem Team kümmern.",
     "Lamento. Alguém da nossa equipa deve ver isso.",
     "Mi dispiace. Qualcuno del nostro team dovrebbe occuparsene."},
    {"Would you like to talk to a person from our team?",
     "¿Quieres hablar con una persona de nuestro equipo?",
     "Souhaitez-vous parler à une personne de notre équipe ?",
     "Möchtest du mit einem Menschen aus unserem Team sprechen?",
     "Quer falar com uma pessoa da nossa equipa?", "Vuoi parlare con una persona del nostro team?"},
    {"A person from our team can arrange that. Shall I bring them in?",
     "Una persona de nuestro equipo puede encargarse. ¿La aviso?",
     "Une personne de notre équipe peut s'en charger. Je la préviens ?",
     "Darum kümmert sich gern jemand aus unserem Team. Soll ich Bescheid geben?",
     "Uma pessoa da nossa equipa pode tratar disso. Quer que a avise?",
     "Una persona del nostro team può occuparsene. La avviso?"},
    {"Of course. I'm handing you over to a person from our team, who will answer you here.",
     "Por supuesto. Te paso con una persona de nuestro equipo, que te responderá aquí.",
     "Bien sûr. Je vous mets en relation avec une personne de notre équipe, qui vous répondra ici.",
     "Natürlich. Ich übergebe an einen Menschen aus unserem Team, der hier antwortet.",
     "Claro. Vou passar para uma pessoa da nossa equipa, que responderá aqui.",
     "Certo. Ti passo una persona del nostro team, che ti risponderà qui."},
    {"I'm so sorry you feel this way. You are not alone. I'm bringing a "
     "person from our team in now. "
     "If you are in danger, please call your local emergency services "
     "right away.",
     "Siento mucho que te sientas así. No estás a solas. Aviso ahora mismo "
     "a una persona de nuestro "
     "equipo. Si estás en peligro, llama ya a los servicios de emergencia.",
     "Je suis vraiment désolé que vous vous sentiez ainsi. Vous n'êtes pas "
     "sans soutien. Je préviens "
     "tout de suite une personne de notre équipe. En cas de danger, "
     "appelez vite les secours.",
     "Es tut mir sehr leid, dass es dir so geht. Du bist nicht allein. Ich "
     "hole sofort einen "
     "Menschen aus unserem Team dazu. Wenn du in Gefahr bist, ruf bitte "
     "gleich den Notruf an.",
     "Lamento muito que se sinta assim. Não está só. Vou já chamar uma "
     "pessoa da nossa equipa. Se "
     "estiver em perigo, ligue de imediato para os serviços de emergência.",
     "Mi dispiace molto che tu ti senta così. Ti ascoltiamo. Chiamo subito "
     "una persona del nostro "
     "team. Se sei in pericolo, chiama adesso i soccorsi."},
    {"Thank you, your order has arrived. A person from our team will take care of it and answer "
     "you "
     "here.",
     "Gracias, tu pedido ha llegado. Una persona de nuestro equipo se encargará y te responderá "
     "aquí.",
     "Merci, votre commande est bien arrivée. Une personne de notre équipe s'en occupe et vous "
     "répondra ici.",
     "Danke, deine Bestellung ist angekommen. Ein Mensch aus unserem Team kümmert sich darum und "
     "antwortet hier.",
     "Obrigado, a sua encomenda chegou. Uma pessoa da nossa equipa trata disso e responderá aqui.",
     "Grazie, il tuo ordine è arrivato. Una persona del nostro team se ne occupa e ti risponderà "
     "qui."},
    {"I can only read text. Could you tell me in words?",
     "Solo puedo leer texto. ¿Me lo puedes decir con palabras?",
     "Je ne peux lire que du texte. Pouvez-vous me le dire avec des mots ?",
     "Ich kann nur Text lesen. Kannst du es mir mit Worten sagen?",
     "Só consigo ler texto. Pode dizer-me por palavras?",
     "Posso leggere solo testo. Me lo puoi dire a parole?"},
    {"You're welcome! Is there anything else I can do?", "¡De nada! ¿Puedo ayudarte en algo más?",
     "Avec plaisir ! Puis-je faire autre chose pour vous ?",
     "Gern geschehen! Kann ich noch etwas tun?", "De nada! Posso ajudar em mais alguma coisa?",
     "Prego! Posso fare altro per te?"},
    {"Goodbye, and see you soon!", "¡Hasta pronto!", "Au revoir et à bientôt !",
     "Auf Wiedersehen und bis bald!", "Até breve!", "Arrivederci e a presto!"},
    {"All right! Just write if you need anything.", "¡De acuerdo! Escríbeme si necesitas algo.",
     "Très bien ! Écrivez-moi si vous avez besoin de quelque chose.",
     "Alles klar! Schreib einfach, wenn du etwas brauchst.",
     "Certo! Escreva se precisar de alguma coisa.", "Va bene! Scrivi pure se ti serve qualcosa."},
    {"About {n}:", "Sobre {n}:", "À propos de {n} :", "Zu {n}:", "Sobre {n}:", "Su {n}:"},
    {"And also:", "Y además:", "Et aussi :", "Und außerdem:", "E também:", "E inoltre:"},
    {"Opening hours:", "Horario:", "Horaires :", "Öffnungszeiten:", "Horário:", "Orari:"},
    {"Address:", "Dirección:", "Adresse :", "Adresse:", "Endereço:", "Indirizzo:"},
    {"Phone:", "Teléfono:", "Téléphone :", "Telefon:", "Telefone:", "Telefono:"},
    {"E-mail:", "Correo:", "E-mail :", "E-Mail:", "E-mail:", "E-mail:"},
    {"Website:", "Sitio web:", "Site web :", "Webseite:", "Site:", "Sito web:"},
    {"Talk to a person", "Hablar con alguien", "Parler à quelqu'un", "Mitarbeiter sprechen",
     "Falar com alguém", "Parlare con qualcuno"},
    {"What do you have?", "¿Qué tienen?", "Que proposez-vous ?", "Was habt ihr?",
     "O que vocês têm?", "Cosa avete?"},
    {"Opening hours", "Horario", "Horaires", "Öffnungszeiten", "Horário", "Orari"},
}};

}  // namespace

std::string_view phrase(Phrase which, Language language) {
  return kTexts[static_cast<std::size_t>(which)][index_of(language)];
}

std::string with_offer(Phrase which, Language language) {
  std::string text(phrase(which, language));
  return text.append(" ").append(phrase(Phrase::offer_person, language));
}

bool offers_person(std::string_view text) {
  return std::any_of(kLanguages.begin(), kLanguages.end(), [&](Language language) {
    return text.ends_with(phrase(Phrase::offer_person, language)) ||
           text.ends_with(phrase(Phrase::order_by_person, language));
  });
}

}  // namespace aura::agent
