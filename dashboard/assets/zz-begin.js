// Last of the assets: once the page that the address names is there, who is who, then the first
// question.
(() => {
  const { at, set } = parley.dom;

  // The link to the page shown; the button that opens the list of links on a small screen has its
  // name.
  function mark_page() {
    for (const link of document.querySelectorAll(".page-link")) {
      if (new URL(link.href).pathname !== location.pathname) {
        link.removeAttribute("aria-current");
        continue;
      }
      link.setAttribute("aria-current", "page");
      set("pages", link.textContent);
      at("pages").setAttribute("aria-label", `${link.textContent}: all pages`);
    }
  }

  const people = parley.dom.ask("data/people");
  people.catch(() => {});

  const begin = async () => {
    mark_page(); // as soon as the top is there, before the page below it
    if (!at("page")?.childElementCount || !window.dash_clientside?.set_props)
      return setTimeout(begin, 20);
    parley.dom.dispatch("parley:page");
    parley.begin();
    parley.people = Object.fromEntries((await people).map((person) => [person.id, person]));
    parley.dom.dispatch("parley:people");
  };
  begin();
})();
