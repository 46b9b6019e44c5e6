// A content's text is blurred until someone asks for it; Escape blurs all again.
const show = (button, shown) => {
  const text = document.getElementById(button.getAttribute("aria-controls"));
  text.classList.toggle("blurred", !shown);
  text.toggleAttribute("aria-hidden", false);
  if (!shown) text.setAttribute("aria-hidden", "true");
  button.setAttribute("aria-expanded", String(shown));
  button.firstChild.data = shown ? "Blur text" : "Show text";
};
document.addEventListener("click", event => {
  const button = event.target.closest("button.reveal");
  if (button) show(button, button.getAttribute("aria-expanded") !== "true");
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape") document.querySelectorAll("button.reveal[aria-expanded=true]").forEach(button => show(button, false));
});
