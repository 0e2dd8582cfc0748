// The page of cards and ballots: another choice is another address.
import { at } from "./dom.js";

at("choices").addEventListener("change", () =>
  location.replace(`/class/paper?${new URLSearchParams(new FormData(at("choices")))}`),
);
at("print").addEventListener("click", () => print());
