// What `make lint` asks of the scripts of the dashboard. Its packages are those of pins/package.json,
// which lie in .venv.
const { createRequire } = require("node:module");
const installed = createRequire(`${__dirname}/.venv/`);
const js = installed("@eslint/js");
const globals = installed("globals");

const width = {
  code: 100,
  ignoreStrings: true,
  ignoreTemplateLiterals: true,
  ignoreRegExpLiterals: true,
  ignoreUrls: true,
};

module.exports = [
  { ignores: ["**/fluent-bundle.js", "dashboard/assets/topojson/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      "max-len": ["error", width],
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
  {
    files: ["dashboard/assets/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: { parley: "readonly", Plotly: "readonly", dash_clientside: "readonly" },
    },
  },
];
