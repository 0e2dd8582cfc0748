// What is asked for: the picker of scenarios, whose options say their questions, and how many
// worlds there can be. More are not simulated, and a sentence says so before anything is asked.
(() => {
  const { at, say } = parley.dom;

  (window.dashMantineFunctions ??= {}).scenario_with_question = ({ option }) => {
    const { createElement } = window.React;
    return createElement(
      "div",
      { className: "scenario-option" },
      createElement("strong", null, option.label),
      option.question && createElement("span", null, option.question),
    );
  };

  document.addEventListener("input", (event) => {
    if (event.target.id !== "worlds" || !at("worlds-limit")) return;
    const most = Number(at("worlds-limit").dataset.most),
      worlds = Number(event.target.value);
    say(
      "worlds-limit",
      worlds > most
        ? `A page simulates at most ${most} worlds, so it shows ${most}. The command ` +
            `line has no limit: parley run --replicates ${worlds}.`
        : "",
    );
  });
})();
