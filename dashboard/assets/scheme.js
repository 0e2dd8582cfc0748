// The event of a change between light and dark: by the toggle, by the system, in another tab.
new MutationObserver(() => parley.dom.dispatch("parley:scheme")).observe(document.documentElement, {
  attributeFilter: ["data-mantine-color-scheme"],
});
