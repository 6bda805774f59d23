# Applies the rules of rules.txt to the include lines of all given files. See check.sh.
BEGIN {
  while ((getline line < rules) > 0) {
    sub(/#.*/, "", line)
    n = split(line, word, " ")
    if (n == 0) continue
    first = word[1] == "never" ? 2 : 1
    kind = first == 2 ? "never" : "may"
    if (kind == "may") layer[word[1]] = 1
    for (i = first + 1; i <= n; i++) {
      rule[kind, word[first], ++count[kind, word[first]]] = word[i]
      if (kind == "may" && word[i] ~ /^</) library[word[i]] = 1
    }
  }
}

FNR == 1 { file[++files] = FILENAME }

/^[ \t]*#[ \t]*include[ \t]*["<]/ {
  target = $0
  sub(/^[^"<]*/, "", target)
  if (target ~ /^"/) { sub(/^"/, "", target); sub(/".*/, "", target) } else sub(/>.*/, "", target)
  edge[FILENAME, ++edges[FILENAME]] = target
  at[FILENAME, edges[FILENAME]] = FNR
}

# The layer of a path: the longest folder in the rules that contains it.
function layer_of(path,    name, best) {
  best = ""
  for (name in layer) if (index(path, name) == 1 && length(name) > length(best)) best = name
  return best
}

function allowed(from, target,    i, what, home, named) {
  if (rule["may", from, 1] == "*") return 1
  home = layer_of(target)
  if (home == from) return 1
  for (i = 1; i <= count["may", from]; i++) {
    what = rule["may", from, i]
    # A folder in a rule allows the layer that it names, not the layers nested in it …
    if (what !~ /^</ && home != "" && what == home) return 1
    if (what ~ /^</ && index(target, what) == 1) return 1
  }
  # … except the pure ones (schema and ports), which are allowed together with the layer around them.
  if (home == "storage/schema/" && has(from, "storage/")) return 1
  if (home == "runtime/ports/" && has(from, "runtime/")) return 1
  if (from == "runtime/ports/" && home == "runtime/") return 1
  if (target ~ /^</) {
    for (named in library) if (index(target, named) == 1) return 0
    return 1
  }
  return home == "" && target !~ /^(bench|tests|web)\//
}

function has(from, what,    i) {
  for (i = 1; i <= count["may", from]; i++) if (rule["may", from, i] == what) return 1
  return 0
}

# A chain of includes from `path` to a library that `from` must never include, or "".
function reaches(path, from,    i, j, target, chain) {
  if ((from, path) in seen) return ""
  seen[from, path] = 1
  for (i = 1; i <= edges[path]; i++) {
    target = edge[path, i]
    for (j = 1; j <= count["never", from]; j++)
      if (index(target, rule["never", from, j]) == 1) return path " -> " target ">"
    if (target in edges) {
      chain = reaches(target, from)
      if (chain != "") return path " -> " chain
    }
  }
  return ""
}

END {
  for (f = 1; f <= files; f++) {
    path = file[f]
    from = layer_of(path)
    for (i = 1; i <= edges[path]; i++)
      if (!allowed(from, edge[path, i])) {
        print path ":" at[path, i] ": " from " may not include " edge[path, i]
        bad = 1
      }
    if (from == "runtime/app/") continue
    chain = reaches(path, from == "runtime/ports/" ? "runtime/" : from)
    if (chain != "") {
      print path ": sees a library that " from " never may: " chain
      bad = 1
    }
  }
  exit bad
}
