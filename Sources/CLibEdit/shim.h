#pragma once
#include <histedit.h>
#include <stdio.h>

// Swift calls no variadic function of C, and takes the standard streams for shared state that is not safe. So here is each such
// call with its types fixed, and nothing else.

static inline EditLine *editor_new(const char *program, int draws_on_standard_error) {
  return el_init(program, stdin, draws_on_standard_error ? stderr : stdout, stderr);
}

static inline int editor_set_owner(EditLine *editor, void *owner) {
  return el_set(editor, EL_CLIENTDATA, owner);
}

static inline void *editor_owner(EditLine *editor) {
  void *owner = NULL;
  return el_get(editor, EL_CLIENTDATA, &owner) == 0 ? owner : NULL;
}

// What stands between two markers in the prompt takes no room.
static inline int editor_set_prompt(EditLine *editor, char *(*prompt)(EditLine *), char marker) {
  return el_set(editor, EL_PROMPT_ESC, prompt, marker);
}

static inline int editor_set_reader(EditLine *editor, el_rfunc_t reader) {
  return el_set(editor, EL_GETCFN, reader);
}

static inline int editor_set_keys(EditLine *editor, const char *keys) {
  return el_set(editor, EL_EDITOR, keys);
}

static inline int editor_set_history(EditLine *editor, History *entries) {
  return el_set(editor, EL_HIST, history, entries);
}

static inline int editor_add_function(
    EditLine *editor, const char *name, const char *description, unsigned char (*function)(EditLine *, int)) {
  return el_set(editor, EL_ADDFN, name, description, function);
}

static inline int editor_bind(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, key, function, NULL);
}

static inline int editor_bind_in_command_mode(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, "-a", key, function, NULL);
}

// For while a line is edited ("-d") or for while none is ("-x").
static inline int editor_set_terminal(EditLine *editor, const char *when, const char *setting) {
  return el_set(editor, EL_SETTY, when, setting, NULL);
}

static inline int editor_is_on(EditLine *editor) {
  int is_on = 0;
  return el_get(editor, EL_EDITMODE, &is_on) == 0 && is_on;
}

static inline int editor_prepare_terminal(EditLine *editor, int is_raw) {
  return el_set(editor, EL_PREP_TERM, is_raw);
}

static inline int editor_has_emacs_keys(EditLine *editor) {
  const char *keys = NULL;
  return el_get(editor, EL_EDITOR, &keys) == 0 && keys != NULL && keys[0] == 'e';
}

// Draws prompt and line anew where the cursor is.
static inline int editor_redraw(EditLine *editor) {
  return el_set(editor, EL_REFRESH, NULL);
}

// The sequence of the terminal for a capability such as "up"; NULL if it has none.
static inline const char *editor_capability(EditLine *editor, const char *name) {
  char *sequence = NULL;
  return el_get(editor, EL_GETTC, name, &sequence) == 0 ? sequence : NULL;
}

static inline int history_set_size(History *entries, int size) {
  HistEvent event;
  return history(entries, &event, H_SETSIZE, size);
}

static inline int history_enter(History *entries, const char *entry) {
  HistEvent event;
  return history(entries, &event, H_ENTER, entry);
}

static inline int history_clear(History *entries) {
  HistEvent event;
  return history(entries, &event, H_CLEAR);
}

// The variables that a program that is started inherits.
static inline char *const *process_environment(void) {
  extern char **environ;
  return environ;
}

// Columns that a character takes on a terminal; -1 if it cannot be printed. The C library hides it from Swift.
static inline int column_width(wchar_t character) {
  extern int wcwidth(wchar_t);
  return wcwidth(character);
}
