package jinja

import (
	"html"
	"net/url"
	"strings"
	"unicode"
)

// escapeHTML is markupsafe's escape.
func escapeHTML(s string) string {
	if !strings.ContainsAny(s, `&<>'"`) {
		return s
	}
	return strings.NewReplacer("&", "&amp;", ">", "&gt;", "<", "&lt;", "'", "&#39;", `"`, "&#34;").Replace(s)
}

// escapeValue gives a value as safe text.
func escapeValue(v Value) Markup {
	if m, ok := v.(Markup); ok {
		return m
	}
	return Markup(escapeHTML(Str(v)))
}

// escapeArgs escapes the arguments of a % on Markup.
func escapeArgs(v Value) Value {
	one := func(x Value) Value {
		if s, ok := x.(string); ok {
			return Markup(escapeHTML(s))
		}
		return x
	}
	switch x := v.(type) {
	case Tuple:
		out := make(Tuple, len(x))
		for i := range x {
			out[i] = one(x[i])
		}
		return out
	case *Dict:
		out := x.Copy()
		for i := range out.entries {
			out.entries[i].val = one(out.entries[i].val)
		}
		return out
	}
	return one(v)
}

func filterEscape(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("escape"); err != nil {
		return nil, err
	}
	if m, ok := v.(Markup); ok {
		return m, nil
	}
	return filterForceEscape(rt, v, args)
}

func filterForceEscape(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("forceescape"); err != nil {
		return nil, err
	}
	s, err := rt.str(v)
	if err != nil {
		return nil, err
	}
	if err := rt.reserve(len(s)); err != nil {
		return nil, err
	}
	return Markup(escapeHTML(s)), nil
}

func filterSafe(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_mark_safe"); err != nil {
		return nil, err
	}
	s, err := rt.str(v)
	return Markup(s), err
}

func filterStripTags(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_striptags"); err != nil {
		return nil, err
	}
	s, err := rt.str(v)
	if err != nil {
		return nil, err
	}
	for _, cut := range [2][2]string{{"<!--", "-->"}, {"<", ">"}} {
		var b strings.Builder
		for {
			i := strings.Index(s, cut[0])
			if i < 0 {
				break
			}
			n := strings.Index(s[i:], cut[1])
			if n < 0 {
				break
			}
			b.WriteString(s[:i])
			s = s[i+n+len(cut[1]):]
		}
		b.WriteString(s)
		s = b.String()
	}
	return html.UnescapeString(strings.Join(strings.Fields(s), " ")), nil
}

// quoteURL is urllib.parse.quote with the given safe characters.
func quoteURL(s, safe string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDecimal(c) || strings.IndexByte("_.-~", c) >= 0 || strings.IndexByte(safe, c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
	return b.String()
}

func filterURLEncode(rt *Runtime, v Value, args Args) (Value, error) {
	if _, err := args.Bind("do_urlencode"); err != nil {
		return nil, err
	}
	if _, ok := textOf(v); ok || !canIterate(v) {
		s, err := rt.str(v)
		if err != nil {
			return nil, err
		}
		return quoteURL(s, "/"), rt.reserve(len(s))
	}
	src := v
	if d, err := rt.mapping(v); err == nil {
		src = &view{dict: d, kind: "items"}
	}
	pairs, err := rt.collect(src)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, p := range pairs {
		kv, err := rt.collect(p)
		if err != nil {
			return nil, err
		}
		if len(kv) != 2 {
			return nil, valueErrorf("not enough values to unpack (expected 2, got %d)", len(kv))
		}
		var text [2]string
		for i := range kv {
			s, err := rt.str(kv[i])
			if err != nil {
				return nil, err
			}
			text[i] = strings.ReplaceAll(quoteURL(s, ""), "%20", "+")
		}
		parts = append(parts, text[0]+"="+text[1])
	}
	return strings.Join(parts, "&"), nil
}

func filterXMLAttr(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_xmlattr", Opt("autospace", true))
	if err != nil {
		return nil, err
	}
	d, err := rt.mapping(v)
	if err != nil {
		return nil, typeErrorf("'%s' object has no attribute 'items'", TypeName(v))
	}
	var parts []string
	for k, val := range d.All() {
		if _, undef := val.(*Undefined); undef || val == nil {
			continue
		}
		key, err := rt.str(k)
		if err != nil {
			return nil, err
		}
		if strings.ContainsAny(key, " \t\n\f\r/>=") {
			return nil, valueErrorf("Invalid character in attribute name: %s", Repr(key))
		}
		text, err := rt.str(val)
		if err != nil {
			return nil, err
		}
		if _, safe := val.(Markup); !safe {
			text = escapeHTML(text)
		}
		parts = append(parts, escapeHTML(key)+`="`+text+`"`)
	}
	out := strings.Join(parts, " ")
	if Truth(a[0]) && out != "" {
		out = " " + out
	}
	return out, rt.reserve(len(out))
}

// filterURLize turns the web and mail addresses of a text into links.
func filterURLize(rt *Runtime, v Value, args Args) (Value, error) {
	a, err := args.Bind("do_urlize", Opt("trim_url_limit", nil), Opt("nofollow", false), Opt("target", nil), Opt("rel", nil), Opt("extra_schemes", nil))
	if err != nil {
		return nil, err
	}
	s, err := rt.str(v)
	if err != nil {
		return nil, err
	}
	limit := int64(-1)
	if a[0] != nil {
		limit, _ = asIndex(a[0])
	}
	attrs := ` rel="noopener"`
	if Truth(a[1]) {
		attrs = ` rel="nofollow noopener"`
	}
	if a[2] != nil {
		attrs += ` target="` + escapeHTML(Str(a[2])) + `"`
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i == 0 {
			j := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) })
			if j < 0 {
				j = len(s)
			}
			b.WriteString(s[:j])
			s = s[j:]
			continue
		}
		if i < 0 {
			i = len(s)
		}
		b.WriteString(linkWord(s[:i], limit, attrs))
		s = s[i:]
	}
	return b.String(), rt.reserve(b.Len())
}

// linkWord gives a word of text as HTML, as a link when it is an address.
func linkWord(word string, limit int64, attrs string) string {
	head := word[:len(word)-len(strings.TrimLeft(word, "(<"))]
	mid := word[len(head):]
	trimmed := strings.TrimRight(mid, ".,)>\n")
	tail := mid[len(trimmed):]
	mid = trimmed
	shown := mid
	if limit >= 0 && int64(len([]rune(mid))) > limit {
		shown = mid[:runeOffset(mid, int(limit))] + "..."
	}
	link := ""
	switch {
	case strings.HasPrefix(mid, "https://") || strings.HasPrefix(mid, "http://"):
		if u, err := url.Parse(mid); err == nil && len(u.Host)-strings.LastIndexByte(u.Host, '.') > 2 && strings.Contains(u.Host, ".") {
			link = mid
		}
	case strings.HasPrefix(mid, "www."):
		link = "https://" + mid
	case strings.HasPrefix(mid, "mailto:") && strings.Contains(mid, "@"):
		return escapeHTML(head) + `<a href="` + escapeHTML(mid) + `">` + escapeHTML(mid[len("mailto:"):]) + "</a>" + escapeHTML(tail)
	case strings.Contains(mid, "@") && strings.Contains(mid[strings.IndexByte(mid, '@'):], ".") && !strings.Contains(mid, "://"):
		return escapeHTML(head) + `<a href="mailto:` + escapeHTML(mid) + `">` + escapeHTML(mid) + "</a>" + escapeHTML(tail)
	}
	if link == "" {
		return escapeHTML(word)
	}
	return escapeHTML(head) + `<a href="` + escapeHTML(link) + `"` + attrs + ">" + escapeHTML(shown) + "</a>" + escapeHTML(tail)
}
