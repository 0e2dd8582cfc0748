// Says when the page changes between light and dark: by the toggle, by the system, in another tab.
new MutationObserver(() => document.dispatchEvent(new Event("parley:scheme")))
  .observe(document.documentElement, {attributeFilter: ["data-mantine-color-scheme"]});
