/* A day that somebody types as their language writes it is read when it is sent, or refused in
   words. The calendar beside it knows one way of writing only, and put today there instead. It
   still closes when one goes on to the next field. */

jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

document.addEventListener("focusout", ({ target }) => {
  jQuery(target).data("xdsoft_datetimepicker")?.trigger("close.xdsoft");
});
