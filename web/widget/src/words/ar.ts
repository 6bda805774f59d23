import type { MoreStrings } from "../more/words";
import type { Strings } from "./en";

export const words: Strings & MoreStrings = {
  open: "فتح المحادثة", close: "إغلاق المحادثة", chatWith: "محادثة مع {}", log: "المحادثة",
  assistant: "المساعد", team: "الفريق", you: "أنت",
  online: "مساعد ذكي · يرد فورًا", connecting: "جارٍ الاتصال…",
  offline: "لا يوجد اتصال. نحاول من جديد…",
  greeting: "مرحبًا! كيف يمكننا مساعدتك؟",
  intro: "اسأل ما تشاء عن {}. ويتولى شخص المحادثة متى أردت.",
  suggestions: ["ماذا تقدمون؟", "ما هي أوقات العمل؟", "التحدث إلى شخص"],
  placeholder: "اكتب رسالة…", send: "إرسال", sending: "جارٍ الإرسال…", sent: "أُرسلت",
  failed: "لم تُرسل", retry: "إعادة المحاولة", typing: "يكتب ردًا", attachment: "مرفق",
  newMessages: "رسائل جديدة", unread: "غير مقروءة",
  camera: "التقاط صورة", attach: "إرفاق ملف", remove: "إزالة", uploading: "جارٍ الرفع",
  tooBig: "أكبر من {}", tooMany: "{} ملفات كحد أقصى في المرة", refused: "هذا النوع من الملفات غير مقبول",
  notUploaded: "لم يُرفع", picture: "صورة", coming: "في الطريق…", soldOut: "نفد", seen: "شوهدت",
  dropHere: "أفلت الملفات هنا",
  consent: "هل يحق لهذا المتصفح تذكّر المحادثة لتجدها من جديد؟", agree: "نعم، تذكّر", decline: "لا",
};
