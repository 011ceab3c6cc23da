// The assistant's panel. Loaded when it is opened; the plain page at /tro-ly/ does the same without it.
(function () {
  "use strict";

  var launcher = document.querySelector("[data-assistant]");
  var panel = document.createElement("section");
  var poll = null;
  var POLL_SECONDS = 5;
  panel.className = "chat chat-panel";
  panel.id = "assistant-panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-labelledby", "chat-title");
  panel.hidden = true;
  launcher.after(panel);
  launcher.setAttribute("aria-controls", panel.id);

  function remember(state) {
    try {
      sessionStorage.setItem("assistant", state);
    } catch (error) {
      // no storage: it is closed on the next page
    }
  }

  function log() {
    return panel.querySelector("[data-chat-log]");
  }

  function toEnd() {
    var place = log();
    if (place) place.scrollTop = place.scrollHeight;
  }

  function lastNumber() {
    var marks = panel.querySelectorAll("[data-chat-last]");
    return marks.length ? Number(marks[marks.length - 1].dataset.chatLast) : 0;
  }

  function busy(on) {
    var place = panel.querySelector("[data-chat-busy]");
    if (place) place.textContent = on ? place.dataset.words : "";
  }

  function ask(url, options) {
    options = options || {};
    options.credentials = "same-origin";
    options.headers = { Accept: "text/html", "X-Fragment": "1" };
    return fetch(url, options);
  }

  function append(html) {
    var holder = document.createElement("template");
    holder.innerHTML = html;
    var place = log();
    var first = holder.content.querySelector(".chat-turn");
    place.appendChild(holder.content);
    // the beginning of what is new is read first
    if (first) place.scrollTop = first.offsetTop - place.offsetTop;
  }

  // where anything fails, the plain page takes over: nothing that was typed is lost
  function send(form, submitter) {
    var data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    busy(true);
    return ask(form.action, { method: "POST", body: data })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) {
        busy(false);
        return html;
      })
      .catch(function () {
        busy(false);
        window.location.assign(launcher.href);
        return null;
      });
  }

  function onSubmit(event) {
    var form = event.target;
    if (form.matches("[data-chat-form], [data-chat-choice]")) {
      event.preventDefault();
      event.stopPropagation();
      var field = form.querySelector("#chat-text");
      send(form, event.submitter).then(function (html) {
        if (html === null) return;
        if (field) field.value = "";
        append(html);
        var text = panel.querySelector("#chat-text");
        if (text) text.focus();
      });
    } else if (form.matches("[data-chat-rate]")) {
      event.preventDefault();
      event.stopPropagation();
      send(form, event.submitter).then(function (html) {
        if (html !== null) form.parentNode.innerHTML = html;
      });
    } else if (form.matches("[data-chat-delete]")) {
      event.preventDefault();
      event.stopPropagation();
      send(form, event.submitter).then(function (html) {
        if (html === null) return;
        panel.innerHTML = html;
        panel.querySelector("#chat-text").focus();
      });
    }
  }

  // an officer may answer: look for what is new while the panel is open
  function look() {
    var form = panel.querySelector("[data-chat-form]");
    if (document.hidden || panel.hidden || !form || !lastNumber()) return;
    ask(form.dataset.news.replace("/0/", "/" + lastNumber() + "/"))
      .then(function (answer) {
        return answer.status === 200 ? answer.text() : null;
      })
      .then(function (html) {
        if (html) append(html);
      })
      .catch(function () {
        // no network: the next look may find it
      });
  }

  function close() {
    panel.hidden = true;
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    remember("closed");
    window.clearInterval(poll);
    launcher.focus();
  }

  function show() {
    panel.hidden = false;
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    remember("open");
    toEnd();
    window.clearInterval(poll);
    poll = window.setInterval(look, POLL_SECONDS * 1000);
    var text = panel.querySelector("#chat-text");
    if (text && launcher.dataset.focus) text.focus();
  }

  window.openAssistant = function () {
    if (panel.querySelector("[data-chat-log]")) {
      show();
      return;
    }
    ask(launcher.dataset.panel)
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) {
        panel.innerHTML = html;
        show();
      })
      .catch(function () {
        window.location.assign(launcher.href);
      });
  };

  panel.addEventListener("submit", onSubmit);
  panel.addEventListener("click", function (event) {
    if (event.target.closest("[data-chat-close]")) close();
  });
  panel.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
  });
  window.openAssistant();
})();
