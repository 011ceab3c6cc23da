// Files in parts: what a weak network cuts off goes on where it stopped. Without script the form sends them whole.
(function () {
  "use strict";

  var PAUSES = [1, 2, 4, 8, 15, 30, 30, 30, 60, 60]; // seconds before each new try

  function wait(seconds) {
    return new Promise(function (done) {
      var timer = window.setTimeout(done, seconds * 1000);
      window.addEventListener(
        "online",
        function () {
          window.clearTimeout(timer);
          done();
        },
        { once: true }
      );
    });
  }

  function send(address, body, token) {
    return fetch(address, {
      method: "POST",
      body: body,
      credentials: "same-origin",
      redirect: "error",
      headers: { "X-CSRFToken": token },
    });
  }

  // Tries again while the network is away or the server is busy; every other answer is for the caller.
  function stubborn(make, weak) {
    var tries = 0;
    function again() {
      if (tries >= PAUSES.length) return Promise.reject(new Error("gave up"));
      weak();
      return wait(PAUSES[tries++]).then(attempt);
    }
    function attempt() {
      return make().then(function (answer) {
        return answer.status >= 500 || answer.status === 429 ? again() : answer;
      }, again);
    }
    return attempt();
  }

  function Line(place, form, file) {
    this.form = form;
    this.box = document.createElement("div");
    this.bar = document.createElement("progress");
    this.words = document.createElement("p");
    this.bar.max = file.size;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.name = file.name;
    this.box.append(this.words, this.bar);
    place.append(this.box);
  }
  Line.prototype.say = function (words) {
    this.words.textContent = this.name + ": " + words;
  };
  Line.prototype.at = function (received) {
    this.bar.value = received;
    this.say(this.form.dataset.uploadSending + " " + Math.floor((100 * received) / this.bar.max) + "%");
  };

  function upload(form, place, paper, file) {
    var token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    var address = form.dataset.uploads;
    var line = new Line(place, form, file);
    function weak() {
      line.say(form.dataset.uploadWeak);
    }
    // "refused": the portal said why; "left": the network gave up, the input keeps the file
    function fail(words) {
      line.bar.remove();
      line.words.className = "error";
      line.say(words || form.dataset.uploadFailed);
      return words ? "refused" : "left";
    }
    function begin() {
      var about = new FormData();
      about.append("paper", paper);
      about.append("name", file.name);
      about.append("size", file.size);
      return send(address, about, token);
    }
    function part(begun) {
      line.at(begun.received);
      function next() {
        var piece = file.slice(begun.received, begun.received + begun.part);
        return send(address + "?tep=" + begun.id + "&tu=" + begun.received, piece, token);
      }
      return stubborn(next, weak).then(function (answer) {
        if (answer.status === 201) {
          line.bar.remove();
          line.say(form.dataset.uploadDone);
          return "done";
        }
        if (answer.status === 410) {
          window.location.reload(); // sent or deleted in another window: the page says so
          return "left";
        }
        return answer.json().then(function (told) {
          if (told.error || (answer.status !== 200 && answer.status !== 409)) return fail(told.error);
          begun.received = told.received;
          return part(begun);
        });
      });
    }
    return stubborn(begin, weak)
      .then(function (answer) {
        return answer.json().then(function (told) {
          return answer.ok && !told.error ? part(told) : fail(told.error);
        });
      })
      .catch(function () {
        return fail("");
      });
  }

  // The pages that are there now, taken from the page itself: what is typed elsewhere in the form stays.
  function refresh(form) {
    return fetch(window.location.href, { credentials: "same-origin", headers: { Accept: "text/html" } })
      .then(function (answer) {
        return answer.ok ? answer.text() : "";
      })
      .then(function (html) {
        var fresh = new DOMParser().parseFromString(html, "text/html");
        form.querySelectorAll("[data-paper]").forEach(function (part) {
          var other = fresh.querySelector('[data-paper="' + part.dataset.paper + '"] [data-given]');
          if (other) part.querySelector("[data-given]").replaceWith(other);
        });
      });
  }

  // What the network gave up on stays chosen: the plain form can still send it.
  function keepChosen(input, files) {
    var chosen = new DataTransfer();
    files.forEach(function (file) {
      chosen.items.add(file);
    });
    input.files = chosen.files;
  }

  document.querySelectorAll("form[data-uploads]").forEach(function (form) {
    var pressed = null;
    form.addEventListener("change", function (event) {
      var input = event.target;
      if (input.type !== "file" || !input.files.length) return;
      var part = input.closest("[data-paper]");
      var place = part.querySelector("[data-progress]");
      var files = Array.from(input.files);
      place.textContent = "";
      form.setAttribute("aria-busy", "true");
      var left = [];
      var good = true;
      var all = Promise.resolve();
      files.forEach(function (file) {
        all = all.then(function () {
          return upload(form, place, part.dataset.paper, file).then(function (state) {
            if (state === "left") left.push(file);
            if (state !== "done") good = false;
          });
        });
      });
      all
        .then(function () {
          keepChosen(input, left);
          return refresh(form);
        })
        .catch(function () {
          // the list of pages comes with the next page
        })
        .then(function () {
          form.removeAttribute("aria-busy");
          if (good && pressed) form.requestSubmit(pressed);
          pressed = null;
        });
    });
    form.addEventListener("submit", function (event) {
      if (form.getAttribute("aria-busy") === "true") {
        // it goes on by itself when the files are there
        pressed = event.submitter;
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    });
  });
})();
