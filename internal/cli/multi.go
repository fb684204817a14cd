package cli

import "strings"

// multiFlags are the flags that dbt lets take several values after one another:
// --select a b c.
func multiFlag(name string) (canonical string, ok bool) {
	switch name {
	case "-s", "--select":
		return "--select", true
	case "-m", "--models", "--model":
		return "--models", true
	case "--exclude":
		return "--exclude", true
	case "--resource-type", "--resource-types":
		return "--resource-type", true
	case "--exclude-resource-type", "--exclude-resource-types":
		return "--exclude-resource-type", true
	case "--output-keys":
		return "--output-keys", true
	}
	return "", false
}

// spread rewrites flags with several values into one flag a value, which is the
// form that the flag parser knows: --select a b becomes --select=a --select=b.
// A flag without any value is left for the parser to complain about.
func spread(args []string) []string {
	out := make([]string, 0, len(args))
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(out, args[i:]...)
		}
		if isCommentedSQL(arg) {
			out = append(out, " "+arg)
			continue
		}
		name, value, given := strings.Cut(arg, "=")
		flag, multi := multiFlag(name)
		switch {
		case !multi:
			out = append(out, arg)
			continue
		case given:
			out = append(out, flag+"="+value)
		case i+1 == len(args) || isFlag(args[i+1]):
			out = append(out, flag)
			continue
		}
		for i+1 < len(args) && !isFlag(args[i+1]) {
			i++
			out = append(out, flag+"="+args[i])
		}
	}
	return out
}

func isFlag(arg string) bool { return strings.HasPrefix(arg, "-") && arg != "-" }

// isCommentedSQL says whether an argument is SQL that begins with a comment: no flag has a space in its name.
func isCommentedSQL(arg string) bool {
	name, _, _ := strings.Cut(arg, "=")
	return isFlag(arg) && strings.ContainsAny(name, " \t\n")
}
