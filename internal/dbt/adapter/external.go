package adapter

import (
	"path"
	"strings"

	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// externalWriteOptions completes the options of COPY ... TO from the file's name
// and writes them as SQL. The dict is completed in place, for the caller reads
// the format from it.
func externalWriteOptions(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("external_write_options", jinja.Req("write_location"), jinja.Req("rendered_options"))
	if err != nil {
		return nil, err
	}
	options, ok := bound[1].(*jinja.Dict)
	if !ok {
		return nil, fault.New(fault.Compile, "the options of an external model must be a mapping")
	}
	completeWriteOptions(jinja.Str(bound[0]), options)
	var out []string
	for k, v := range options.All() {
		key, text := jinja.Str(k), jinja.Str(v)
		switch strings.ToLower(key) {
		case "delimiter", "quote", "escape", "null":
			if !strings.HasPrefix(text, "'") {
				text = Literal(text)
			}
		}
		out = append(out, key+" "+text)
	}
	return strings.Join(out, ", "), nil
}

func completeWriteOptions(location string, options *jinja.Dict) {
	if _, ok := options.GetStr("format"); !ok {
		ext := strings.ToLower(path.Ext(location))
		compression := map[string]string{".gz": "gzip", ".zst": "zstd"}[ext]
		if compression != "" {
			ext = strings.ToLower(path.Ext(strings.TrimSuffix(location, path.Ext(location))))
			if _, ok := options.GetStr("compression"); !ok {
				options.SetStr("compression", compression)
			}
		}
		_, delimited := options.GetStr("delimiter")
		switch {
		case ext != "":
			options.SetStr("format", ext[1:])
		case delimited:
			options.SetStr("format", "csv")
		default:
			options.SetStr("format", "parquet")
		}
	}
	if format, _ := options.GetStr("format"); format == "csv" {
		if _, ok := options.GetStr("header"); !ok {
			options.SetStr("header", int64(1))
		}
	}
	if by, ok := options.GetStr("partition_by"); ok {
		if s := jinja.Str(by); strings.Contains(s, ",") && !strings.HasPrefix(s, "(") {
			options.SetStr("partition_by", "("+s+")")
		}
	}
}

// externalReadLocation gives the path or glob that reads back what was written.
func externalReadLocation(_ *jinja.Runtime, args jinja.Args) (jinja.Value, error) {
	bound, err := args.Bind("external_read_location", jinja.Req("write_location"), jinja.Req("rendered_options"))
	if err != nil {
		return nil, err
	}
	location := jinja.Str(bound[0])
	options, ok := bound[1].(*jinja.Dict)
	if !ok {
		return location, nil
	}
	by, _ := options.GetStr("partition_by")
	perThread, _ := options.GetStr("per_thread_output")
	if !jinja.Truth(by) && !jinja.Truth(perThread) {
		return location, nil
	}
	globs := []string{location, "*"}
	if jinja.Truth(by) {
		for range strings.SplitSeq(jinja.Str(by), ",") {
			globs = append(globs, "*")
		}
	}
	format := "parquet"
	if f, ok := options.GetStr("format"); ok {
		format = jinja.Str(f)
	}
	return strings.Join(globs, "/") + "." + format, nil
}
