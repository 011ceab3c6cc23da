// Titles that complete what is typed in a search box. Without script the form works alone.
(function () {
  "use strict";

  document.querySelectorAll("form[data-suggest]").forEach(function (form) {
    var input = form.querySelector("input[type=search]");
    var list = form.querySelector("[role=listbox]");
    var timer = null;
    var asked = "";
    var chosen = -1;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function options() {
      return list.querySelectorAll("[role=option]");
    }

    function show(open) {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(-1);
    }

    function choose(number) {
      chosen = number;
      options().forEach(function (option, place) {
        option.setAttribute("aria-selected", String(place === number));
        if (place === number) option.scrollIntoView({ block: "nearest" });
      });
      var option = options()[number];
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    }

    function ask() {
      var words = input.value.trim();
      if (words === asked) return;
      asked = words;
      if (words.length < 2) {
        show(false);
        return;
      }
      fetch(form.dataset.suggest + "?q=" + encodeURIComponent(words.slice(0, 60)), { credentials: "same-origin" })
        .then(function (answer) {
          return answer.ok ? answer.text() : "";
        })
        .then(function (html) {
          if (words !== asked) return;
          list.innerHTML = html;
          show(options().length > 0);
        })
        .catch(function () {
          // no network: the form stays
        });
    }

    input.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, 150);
    });
    input.addEventListener("keydown", function (event) {
      var count = options().length;
      if (list.hidden || !count) return;
      if (event.key === "ArrowDown") choose((chosen + 1) % count);
      else if (event.key === "ArrowUp") choose(chosen <= 0 ? count - 1 : chosen - 1);
      else if (event.key === "Escape") show(false);
      else if (event.key === "Enter" && chosen >= 0) window.location.assign(options()[chosen].dataset.href);
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", function (event) {
      var option = event.target.closest("[role=option]");
      event.preventDefault();
      if (option) window.location.assign(option.dataset.href);
    });
    input.addEventListener("blur", function () {
      show(false);
    });
  });
})();
