// What stands on a page that belongs to no session: one sentence, and where to go from there.
import { element, show, at } from "./dom.js";
import { message } from "./texts.js";

export function gone(head, link, words) {
  show("main", false);
  show("notice", false);
  at("gone").replaceChildren(
    element("h1", {}, head),
    ...(link ? [element("a", { href: link, className: "main" }, words)] : []),
  );
  show("gone", true);
  document.title = message("page-title", { head });
}
