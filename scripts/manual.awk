# Makes of ArgumentParser's manual what mdoc(7) wants: paragraphs for blank lines, displays for examples, a line for each sentence, and
# sections of their own for the exit status and what ArgumentParser does not know.

function flush_blank() { if (blank && !fresh) print ".Pp"; blank = 0 }
function end_display() { if (display) { print ".Ed"; display = 0; fresh = 0 } }

# Options and arrows are typed: no typographer's hyphen. A line must not begin like a request.
function literal(line) { gsub(/\\/, "\\e", line); gsub(/-/, "\\-", line); return line ~ /^[.']/ ? "\\\\\\&" line : line }
function prose(line) { gsub(/\\/, "\\e", line); gsub(/--/, "\\-\\-", line); gsub(/->/, "\\->", line); gsub(/calico-2/, "\\%calico\\-2", line); return line }

function fill(text,    words, count, i, line) {
  count = split(text, words, " ")
  line = ""
  for (i = 1; i <= count; i++) {
    if (line != "" && length(line) + length(words[i]) > 76) { print guarded(line); line = "" }
    line = line (line == "" ? "" : " ") words[i]
    if (words[i] ~ /[^.][.:][)"']*$/ && words[i + 1] ~ /^['"(\\]*[A-Z]/) { print guarded(line); line = "" }
  }
  if (line != "") print guarded(line)
}
function guarded(line) { return line ~ /^[.']/ ? "\\&" line : line }

/^Exit status: 0 all well; 1 the answer/ { next }
/^\.Nd / { gsub(/"/, ""); sub(/\.$/, ""); sub(/Nd Says/, "Nd says"); print; next }
/^$/ { if (!display) blank = 1; next }
/^  / {
  if (!display) { blank = 0; print ".Bd -literal -offset 2n"; display = 1 }
  print literal(substr($0, 3)); next
}
/^\.Pp$/ { end_display(); blank = 1; next }
/^\./ {
  end_display()
  if ($0 ~ /^\.(It|El|Sh|Bl)/) blank = 0; else flush_blank()
  if ($0 ~ /^\.Sh "EXIT STATUS"/) exit
  print; fresh = ($0 ~ /^\.(Sh|It|Bl)/); next
}
{ end_display(); flush_blank(); fill(prose($0)); fresh = 0 }

END {
  end_display()
  print ".Sh ENVIRONMENT"
  print ".Bl -tag -width 6n"
  print ".It Ev NO_COLOR"
  print "If it is set, nothing is coloured."
  print ".It Ev VISUAL , EDITOR"
  print "What"
  print ".Dq edit"
  print "in a session opens."
  print ".It Ev XDG_STATE_HOME"
  print "Where journals of sessions and the progress of lessons are kept; else"
  print ".Pa ~/.local/state ."
  print ".It Ev GATEWALK_LESSONS"
  print "A directory of lessons."
  print ".El"
  print ".Sh FILES"
  print ".Bl -tag -width 6n"
  print ".It Pa .gatewalk.yaml"
  print "What lint is to look for, at the root of a repository."
  print ".It Pa ~/.editrc"
  print "Key bindings at the prompt, see"
  print ".Xr editrc 5 ."
  print ".El"
  print ".Sh EXIT STATUS"
  print ".Bl -tag -width 6n"
  print ".It 0"
  print "All is well."
  print ".It 1"
  print "The answer is bad news: invalid input, a scenario that failed, a finding of lint,"
  print "a flow that could not be judged."
  print ".It 2"
  print "The command could not be carried out."
  print ".El"
}
