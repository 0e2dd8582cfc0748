// The ways back into sessions that this browser keeps, by code: that of whoever leads one, and
// those of students. They are kept until the session is over or forgotten here, as others may use
// this computer, too. No token enters a request's address.
const key = (role) => `parley-class-back-${role}`;

export function kept(role) {
  try {
    return JSON.parse(localStorage.getItem(key(role))) ?? {};
  } catch {
    return {};
  }
}

function write(role, all) {
  try {
    localStorage.setItem(key(role), JSON.stringify(all));
  } catch {
    /* a browser that keeps nothing */
  }
}

export function keep(role, code, way) {
  const all = kept(role);
  if (JSON.stringify(all[code]) !== JSON.stringify(way)) write(role, { ...all, [code]: way });
}

export function forget(role, code) {
  const { [code]: gone, ...others } = kept(role);
  if (gone) write(role, others);
}

// Whether *text* is on the clipboard; without TLS a browser gives that to a field that is selected
// alone.
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea"),
      focus = document.activeElement;
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focus?.focus();
    return done;
  }
}
