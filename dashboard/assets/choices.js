// The answers to the questions of a scenario. Where one is longer than its box, it is shown in two
// lines, as an input has one alone.
(() => {
  const { on } = parley.dom,
    LATER = 60; // milliseconds, by when a box has its answer
  let timer = null;

  function fit() {
    for (const box of document.querySelectorAll(".choices .mantine-Select-wrapper")) {
      const input = box.querySelector(".mantine-Select-input");
      box.classList.remove("is-long");
      box.dataset.says = input.value;
      box.classList.toggle("is-long", input.scrollWidth > input.clientWidth);
    }
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(fit, LATER);
  };
  on("parley:record parley:dials parley:page", soon);
  addEventListener("resize", soon);
  document.addEventListener("toggle", soon, { capture: true });
})();
