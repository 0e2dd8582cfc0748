// Last of the assets: once the page that the address names is there, who is who, then the first question.
(() => {
  function mark_page() {
    for (const link of document.querySelectorAll(".page-link")) {
      if (new URL(link.href).pathname !== location.pathname) { link.removeAttribute("aria-current"); continue; }
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({block: "nearest", inline: "center"});  // the links are one row, which a phone scrolls
    }
  }

  const people = parley.dom.ask("data/people");
  people.catch(() => {});

  const begin = async () => {
    if (!parley.dom.at("page")?.childElementCount || !window.dash_clientside?.set_props) return setTimeout(begin, 20);
    mark_page();
    parley.dom.dispatch("parley:page");
    parley.begin();
    parley.people = Object.fromEntries((await people).map(person => [person.id, person]));
    parley.dom.dispatch("parley:people");
  };
  begin();
})();
