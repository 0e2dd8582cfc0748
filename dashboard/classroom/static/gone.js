// What stands on a page that belongs to no session: one sentence, and where to go from there.
import {element, show, at} from "./dom.js";

export function gone(message, link, words) {
  show("main", false);
  show("notice", false);
  at("gone").replaceChildren(element("h1", {}, message), ...(link ? [element("a", {href: link, className: "main"}, words)] : []));
  show("gone", true);
  document.title = `${message} · Parley`;
}
