// The page on which a student joins: the code, which a scanned address brings along, and a name.
import { answer } from "./api.js";
import { at, say, show, with_button } from "./dom.js";
import { message } from "./texts.js";
import { kept } from "./way_back.js";

const code_of = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

at("code").value = code_of(location.hash.slice(1));
at("code").addEventListener("input", () => {
  at("code").value = code_of(at("code").value);
});

// Whoever has a seat in the session with that code goes back to it; without a code to the seat of
// this tab.
function back() {
  const own = kept("student")[at("code").value],
    here = sessionStorage.getItem("parley-class-seat") !== null;
  show("back", own || (here && !at("code").value));
  at("back").firstChild.href = own ? `/class/seat#${own.token}` : "/class/seat";
  say(
    at("back").firstChild,
    own ? message("join-back-as", { name: own.name }) : message("join-back"),
  );
}
at("code").addEventListener("input", back);
back();
(at("code").value ? at("name") : at("code")).focus();

// What this tab joins the session of *code* with: the same until the server has answered, so that
// who asks again after a lost answer is one student.
function drawn(code) {
  const key = `parley-class-joining-${code}`,
    bytes = crypto.getRandomValues(new Uint8Array(24)),
    token = `s${btoa(String.fromCharCode(...bytes))
      .replaceAll("+", "-")
      .replaceAll("/", "_")}`;
  if (!sessionStorage.getItem(key)) sessionStorage.setItem(key, token);
  return [key, sessionStorage.getItem(key)];
}

at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  with_button(at("join"), "refusal", async () => {
    const code = code_of(at("code").value),
      [key, token] = drawn(code);
    await answer(`sessions/${encodeURIComponent(code)}/students`, {
      body: { name: at("name").value.trim(), token },
    });
    sessionStorage.removeItem(key);
    location.assign(`/class/seat#${token}`);
  });
});
