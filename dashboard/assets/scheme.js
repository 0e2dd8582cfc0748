// Says which colour scheme the page wears whenever that changes: by the toggle, by the system, in another tab.
const root = document.documentElement;
new MutationObserver(() => dash_clientside.set_props("scheme", {data: root.dataset.mantineColorScheme}))
  .observe(root, {attributeFilter: ["data-mantine-color-scheme"]});
