// Enter takes the option that is marked. After quick typing on a slow machine Mantine's own count of the options can be
// behind what it shows, and the key would do nothing; where Mantine has taken it, the default is prevented.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.defaultPrevented) return;
  document.getElementById(event.target.getAttribute?.("aria-controls"))?.querySelector("[data-combobox-selected]")?.click();
});
