# Reads surefire's and failsafe's XML reports (TEST-*.xml); prints each skipped test with its reason
# and, as the last line, the grand total.

function attribute(element, name,    rest) {
  if (!match(element, "[ \t]" name "=\"")) return ""
  rest = substr(element, RSTART + RLENGTH)
  return substr(rest, 1, index(rest, "\"") - 1)
}

function plain(text) {
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&#10;/, " ", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

# What a test printed may look like a report.
printed {
  if (!index($0, "]]>")) next
  printed = 0
  $0 = substr($0, index($0, "]]>") + 3)
}

# An assumption that did not hold stands as a stack trace, whose first line says which.
/<skipped/ {
  reason = plain(attribute($0, "message"))
  if (reason == "" && index($0, "<![CDATA[")) {
    reason = substr($0, index($0, "<![CDATA[") + 9)
    sub(/\]\]>.*/, "", reason)
    sub(/^[A-Za-z0-9_.$]*: /, "", reason)
    sub(/^Assumption failed: /, "", reason)
  }
}

{
  gsub(/<!\[CDATA\[.*\]\]>/, "")
  if (index($0, "<![CDATA[")) {
    printed = 1
    $0 = substr($0, 1, index($0, "<![CDATA[") - 1)
  }
}

/<testsuite[ \t]/ {
  tests += attribute($0, "tests")
  failed += attribute($0, "failures") + attribute($0, "errors")
  skipped += attribute($0, "skipped")
}

/<testcase[ \t]/ {
  class = attribute($0, "classname")
  sub(/^.*\./, "", class)
  test = class "." attribute($0, "name")
}

/<skipped/ {
  print "skipped: " plain(test) ": " (reason == "" ? "no reason given" : reason)
}

END { printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped }
