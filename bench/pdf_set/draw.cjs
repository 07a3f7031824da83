// Draws what `placed.py` laid out, by the library that the task names.
const fs = require("fs");
const task = JSON.parse(fs.readFileSync(0, "utf8"));
const [width, height] = task.sheet;
const tint = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));

async function pdfLib() {
  const { PDFDocument, rgb, setCharacterSpacing } = require("pdf-lib");
  const made = await PDFDocument.create();
  made.registerFontkit(require("@pdf-lib/fontkit"));
  const fonts = {};
  for (const face of ["song", "kai"]) {
    fonts[face] = await made.embedFont(fs.readFileSync(task[face]), { subset: true });
  }
  const colour = (text) => rgb(...tint(text).map((part) => part / 255));
  for (const page of task.pages) {
    const sheet = made.addPage([width, height]);
    for (const [x, y, size, text, kai, hue, spacing] of page.texts) {
      sheet.pushOperators(setCharacterSpacing(spacing));
      sheet.drawText(text, { x, y: height - y, size, font: fonts[kai ? "kai" : "song"], color: colour(hue) });
    }
    for (const [x0, y0, x1, y1, thickness, hue] of page.rules) {
      sheet.drawLine({
        start: { x: x0, y: height - y0 }, end: { x: x1, y: height - y1 }, thickness, color: colour(hue),
      });
    }
  }
  fs.writeFileSync(task.target, await made.save());
}

function jsPdf() {
  const { jsPDF } = require("jspdf");
  const made = new jsPDF({ unit: "pt", format: [width, height], compress: true });
  for (const face of ["song", "kai"]) {
    made.addFileToVFS(`${face}.ttf`, fs.readFileSync(task[face]).toString("base64"));
    made.addFont(`${face}.ttf`, face, "normal", "Identity-H");
  }
  task.pages.forEach((page, number) => {
    if (number) made.addPage([width, height]);
    for (const [x, y, size, text, kai, hue, spacing] of page.texts) {
      made.setFont(kai ? "kai" : "song").setFontSize(size).setTextColor(...tint(hue));
      made.text(text, x, y, { charSpace: spacing });
    }
    for (const [x0, y0, x1, y1, thickness, hue] of page.rules) {
      made.setLineWidth(thickness).setDrawColor(...tint(hue)).line(x0, y0, x1, y1);
    }
  });
  fs.writeFileSync(task.target, Buffer.from(made.output("arraybuffer")));
}

function pdfKit() {
  const PDFKit = require("pdfkit");
  const made = new PDFKit({ size: [width, height], margin: 0, autoFirstPage: false });
  made.registerFont("song", task.song).registerFont("kai", task.kai);
  for (const page of task.pages) {
    made.addPage();
    for (const [x, y, size, text, kai, hue, spacing] of page.texts) {
      made.font(kai ? "kai" : "song").fontSize(size).fillColor(hue);
      made.text(text, x, y, { lineBreak: false, baseline: "alphabetic", characterSpacing: spacing });
    }
    for (const [x0, y0, x1, y1, thickness, hue] of page.rules) {
      made.moveTo(x0, y0).lineTo(x1, y1).lineWidth(thickness).strokeColor(hue).stroke();
    }
  }
  made.pipe(fs.createWriteStream(task.target));
  made.end();
}

({ "pdf-lib": pdfLib, jspdf: jsPdf, pdfkit: pdfKit })[task.library]();
