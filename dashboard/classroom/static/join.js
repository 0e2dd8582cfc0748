// The page on which a student joins: the code, which a scanned address brings along, and a name.
import {answer} from "./api.js";
import {at, show, with_button} from "./dom.js";

const code_of = text => text.toUpperCase().replace(/[^A-Z0-9]/g, "");

at("code").value = code_of(location.hash.slice(1));
at("code").addEventListener("input", () => { at("code").value = code_of(at("code").value); });
show("back", sessionStorage.getItem("parley-class-seat") !== null);
(at("code").value ? at("name") : at("code")).focus();

at("form").addEventListener("submit", event => {
  event.preventDefault();
  with_button(at("join"), "refusal", async () => {
    const {token} = await answer(`sessions/${encodeURIComponent(code_of(at("code").value))}/students`, {body: {name: at("name").value.trim()}});
    location.assign(`/class/seat#${token}`);
  });
});
