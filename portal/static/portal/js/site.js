// What makes pages nicer with script. Every page works without it.
(function () {
  "use strict";

  // The personal button of the header: pages are cached whole, so it comes on its own.
  function fillFragments() {
    document.querySelectorAll("[data-fragment]").forEach(function (place) {
      fetch(place.dataset.fragment, { credentials: "same-origin", headers: { Accept: "text/html" } })
        .then(function (answer) {
          return answer.ok ? answer.text() : null;
        })
        .then(function (html) {
          if (html) place.innerHTML = html;
        })
        .catch(function () {
          // no network: the plain link stays
        });
    });
  }

  // Work that goes on elsewhere: the part that says how far it is comes anew every few seconds.
  // 205 means that nothing is under way any more: the whole page has something else to say.
  function pollFragments() {
    document.querySelectorAll("[data-poll]").forEach(function (place) {
      var timer = window.setInterval(function () {
        if (document.hidden) return;
        fetch(place.dataset.poll, { credentials: "same-origin", redirect: "error", headers: { Accept: "text/html" } })
          .then(function (answer) {
            if (answer.status === 205) {
              window.clearInterval(timer);
              window.location.reload();
              return null;
            }
            return answer.ok ? answer.text() : null;
          })
          .then(function (html) {
            if (html) place.innerHTML = html;
          })
          .catch(function () {
            // no network, or signed out: the link below leads on
          });
      }, Number(place.dataset.pollSeconds || 5) * 1000);
    });
  }

  // What a page has to say first takes the focus: errors, or what has just come about.
  function focusFirst() {
    var first = document.querySelector("[data-focus]");
    // the catalogue of components shows many such parts and none of them is news
    if (first && !first.closest("[data-still]")) first.focus();
  }

  // A form is sent once: the button says so and does nothing more until the answer or a return to the page.
  function sendOnce() {
    document.addEventListener("submit", function (event) {
      var form = event.target;
      if (form.method !== "post") return;
      if (form.dataset.sending) {
        event.preventDefault();
        return;
      }
      form.dataset.sending = "1";
      var button = event.submitter;
      if (button && button.dataset.busy) {
        var words = button.querySelector("span") || button;
        button.dataset.words = words.textContent;
        words.textContent = button.dataset.busy;
        button.setAttribute("aria-disabled", "true");
      }
    });
    window.addEventListener("pageshow", function () {
      document.querySelectorAll("form[data-sending]").forEach(function (form) {
        delete form.dataset.sending;
        form.querySelectorAll("[aria-disabled]").forEach(function (button) {
          (button.querySelector("span") || button).textContent = button.dataset.words;
          button.removeAttribute("aria-disabled");
        });
      });
    });
  }

  // Light, dark, or as the device: kept on this device alone.
  function offerThemes() {
    var root = document.documentElement;
    document.querySelectorAll("[data-themes]").forEach(function (place) {
      place.hidden = false;
      var buttons = place.querySelectorAll("[data-theme-choice]");
      function show(chosen) {
        buttons.forEach(function (button) {
          button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
        });
      }
      show(root.dataset.theme || "");
      buttons.forEach(function (button) {
        button.addEventListener("click", function () {
          var chosen = button.dataset.themeChoice;
          if (chosen) root.dataset.theme = chosen;
          else delete root.dataset.theme;
          try {
            if (chosen) localStorage.setItem("theme", chosen);
            else localStorage.removeItem("theme");
          } catch (error) {
            // it holds for this page at least
          }
          show(chosen);
        });
      });
    });
  }

  // The menu closes by Escape and gives the focus back to its button.
  function tameMenus() {
    document.querySelectorAll("details[data-menu]").forEach(function (menu) {
      menu.addEventListener("keydown", function (event) {
        if (event.key === "Escape" && menu.open) {
          menu.open = false;
          menu.querySelector("summary").focus();
        }
      });
    });
  }

  // Pages that were seen open without a network, and so does one that says what to do.
  function keepForNoNetwork() {
    if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
    window.addEventListener("load", function () {
      navigator.serviceWorker.register("/sw.js").catch(function () {
        // then it works with a network only
      });
    });
  }

  // The assistant: a link to its page; its script comes when it is opened, or was open on the page before.
  function offerAssistant() {
    var launcher = document.querySelector("[data-assistant]");
    if (!launcher) return;
    function load(focus) {
      launcher.dataset.focus = focus ? "1" : "";
      if (window.openAssistant) {
        window.openAssistant();
        return;
      }
      if (document.querySelector("script[data-assistant-script]")) return;
      var script = document.createElement("script");
      script.src = launcher.dataset.script;
      script.dataset.assistantScript = "1";
      script.onerror = function () {
        window.location.assign(launcher.href);
      };
      document.head.appendChild(script);
    }
    launcher.setAttribute("role", "button");
    launcher.setAttribute("aria-expanded", "false");
    launcher.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      load(true);
    });
    launcher.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      load(true);
    });
    try {
      if (sessionStorage.getItem("assistant") === "open" && window.innerWidth >= 640) load(false);
    } catch (error) {
      // no storage: it stays closed
    }
  }

  fillFragments();
  pollFragments();
  offerAssistant();
  keepForNoNetwork();
  focusFirst();
  sendOnce();
  offerThemes();
  tameMenus();
})();
