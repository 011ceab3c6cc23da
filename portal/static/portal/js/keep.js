// A session that ended while somebody typed: what was sent comes back after signing in again, in this tab alone.
(function () {
  "use strict";

  var NAME = "dvgd-kept";

  function read() {
    try {
      return JSON.parse(window.sessionStorage.getItem(NAME));
    } catch (_error) {
      return null; // storage is switched off: the page works without
    }
  }

  function write(kept) {
    try {
      if (kept) window.sessionStorage.setItem(NAME, JSON.stringify(kept));
      else window.sessionStorage.removeItem(NAME);
    } catch (_error) {
      // as above
    }
  }

  function typed(form) {
    return Array.from(form.elements)
      .filter(function (field) {
        return field.name && !/^(hidden|file|password|submit|button)$/.test(field.type || "");
      })
      .map(function (field) {
        return { name: field.name, value: field.value, checked: field.checked === true };
      });
  }

  function bring(form, fields) {
    fields.forEach(function (kept) {
      form.querySelectorAll('[name="' + CSS.escape(kept.name) + '"]').forEach(function (field) {
        if (field.type === "checkbox" || field.type === "radio") {
          if (field.value === kept.value) field.checked = kept.checked;
        } else if (field.type !== "hidden" && field.type !== "file") {
          field.value = kept.value;
        }
      });
    });
  }

  var form = document.querySelector("form[data-keep]");
  var kept = read();
  if (kept && form && kept.path === window.location.pathname && Date.now() - kept.at < 3600000) {
    bring(form, kept.fields);
  }
  write(null);
  if (form) {
    form.addEventListener("submit", function () {
      write({ path: window.location.pathname, at: Date.now(), fields: typed(form) });
    });
  }
})();
