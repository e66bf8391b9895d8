# Draws sorted stacks ("a;b;c 12" a line, as async-profiler writes them) as an SVG flame graph: -v title=TEXT.
# A frame is as wide as its share of all samples; those below a part in four hundred are left out. Hovering names one.

function colour(frame) {
  if (frame ~ /^io\/viking/) return "#e4572e"
  if (frame ~ /^(io\/kubernetes|com\/google\/gson)/) return "#f3a712"
  if (frame ~ /^(okhttp3|okio|org\/conscrypt)/) return "#76b041"
  if (frame ~ /^(io\/grpc|io\/netty|com\/google\/protobuf)/) return "#17bebb"
  if (frame ~ /^(java|jdk|sun)\//) return "#b8c4d0"
  return "#d8d8d8"
}

function escaped(text) {
  gsub(/&/, "\\&amp;", text)
  gsub(/</, "\\&lt;", text)
  gsub(/>/, "\\&gt;", text)
  return text
}

# The class and the method, without packages.
function short(frame) {
  sub(/^([a-z0-9_]+\/)+/, "", frame)
  return frame
}

# Frames from that depth on end here.
function close_from(from,    d) {
  for (d = depth; d >= from; d--) {
    n++
    at[n] = d
    begin[n] = since[d]
    end[n] = total
    name[n] = open[d]
  }
}

{
  count = $NF
  stack = $0
  sub(/ [0-9]+$/, "", stack)
  frames = split(stack, frame, ";")
  for (same = 0; same < frames && same < depth && open[same + 1] == frame[same + 1]; same++);
  close_from(same + 1)
  for (depth = same; depth < frames;) {
    depth++
    open[depth] = frame[depth]
    since[depth] = total
  }
  total += count
}

END {
  close_from(1)
  WIDTH = 1200
  ROW = 15
  for (i = 1; i <= n; i++)
    if (end[i] - begin[i] >= total / 400 && at[i] > deepest) deepest = at[i]
  height = 34 + deepest * ROW
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"10\">\n", WIDTH, height
  printf "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><text x=\"6\" y=\"20\" font-size=\"14\">%s</text>\n", WIDTH, height, escaped(title)
  for (i = 1; i <= n; i++) {
    share = (end[i] - begin[i]) / total
    if (share < 1 / 400) continue
    x = begin[i] / total * WIDTH
    width = share * WIDTH
    y = height - at[i] * ROW
    label = width > 24 ? substr(short(name[i]), 1, int(width / 5.6)) : ""
    printf "<g><title>%s %.1f%%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>", escaped(name[i]), share * 100, x, y, (width > 0.6 ? width - 0.4 : 0.2), ROW - 1, colour(name[i])
    if (label != "") printf "<text x=\"%.1f\" y=\"%d\">%s</text>", x + 2, y + 11, escaped(label)
    print "</g>"
  }
  print "</svg>"
}
