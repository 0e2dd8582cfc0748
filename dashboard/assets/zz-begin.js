// Last of the assets: once the page that the address names is there, who is who, then the first question.
(() => {
  function mark_page() {
    for (const link of document.querySelectorAll(".page-link")) {
      if (new URL(link.href).pathname === location.pathname) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  const people = fetch("data/people");
  people.catch(() => {});

  const begin = async () => {
    if (!document.getElementById("page")?.childElementCount || !window.dash_clientside?.set_props) return setTimeout(begin, 20);
    mark_page();
    document.dispatchEvent(new Event("parley:page"));
    dash_clientside.parley.begin();
    const answer = await people;
    parley.people = Object.fromEntries((await answer.json()).map(one => [one.id, one]));
    document.dispatchEvent(new Event("parley:people"));
  };
  begin();
})();
