// The scheme that was chosen on another page of the app, before anything is drawn; without one it
// is the system's.
const chosen = (() => {
  try {
    return localStorage.getItem("mantine-color-scheme-value");
  } catch {
    return null;
  }
})();
if (["light", "dark"].includes(chosen))
  document.documentElement.dataset.mantineColorScheme = chosen;
