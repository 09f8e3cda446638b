package main

import (
	"strings"

	"github.com/spf13/cobra"

	"leimu/api"
	"leimu/cmd/leimu/terminal"
	"leimu/search"
)

func suggestCommand() *cobra.Command {
	var request search.SuggestRequest
	var subject, dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "suggest [flags] TYPED",
		Short: "Complete what is typed so far: Han, pinyin, initials, or mixed",
		Example: `  leimu suggest 共享
  leimu suggest gxcdb
  leimu suggest -n 3 --subject individual 共享chong
  leimu suggest --json yinhang | jq -r '.suggestions[].text'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			request.Typed, request.Subject = strings.Join(args, " "), search.Subject(subject)
			if request.Limit == 0 {
				return usagef("-n is 0; use 1 to %d", search.MaxLimit)
			}
			if err := request.Check(); err != nil {
				return err // before anything is opened
			}
			engine, err := openEngine(dir)
			if err != nil {
				return err
			}
			defer engine.Close()
			suggester, err := engine.Suggester()
			if err != nil {
				return err
			}
			answer, err := suggester.Suggest(request)
			if err != nil {
				return err
			}
			if asJSON {
				return api.Encode(cmd.OutOrStdout(), answer)
			}
			return printSuggestions(newPage(cmd), answer)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&subject, "subject", "", "who files: individual (个人), enterprise (企业、个体工商户), government (政府机关、事业单位)")
	flags.StringVar(&request.Region, "region", "", "`province` of the filing, 广东 for instance")
	flags.IntVarP(&request.Limit, "limit", "n", search.DefaultSuggestions, "suggestions told")
	flags.BoolVar(&asJSON, "json", false, "print what the API answers")
	dataFlag(cmd, &dir)
	completeSubjects(cmd)
	return cmd
}

// printSuggestions prints a line each: the text with what matched, its category,
// and how it matched, in columns.
func printSuggestions(p *terminal.Page, answer *search.Suggestions) error {
	if len(answer.Suggestions) == 0 {
		p.Line("没有补全。再多打一个字,或用 leimu search 按一句话查找。")
		return p.Err()
	}
	texts, paths := 0, 0
	for _, s := range answer.Suggestions {
		texts, paths = max(texts, terminal.Width(marked(p, s))), max(paths, terminal.Width(pathOf(s.Category.Path)))
	}
	for _, s := range answer.Suggestions {
		line := []string{terminal.Pad(marked(p, s), texts+gap), terminal.Pad(pathOf(s.Category.Path), paths+gap)}
		if s.Verdict == nil {
			line = append(line, p.Styled(terminal.Dim, s.Match))
		} else {
			line = append(line, terminal.Pad(p.Styled(terminal.Dim, s.Match), widestMatch+gap), strings.ReplaceAll(string(s.Verdict.Status), "_", " "))
		}
		p.Line(line...)
	}
	return p.Err()
}

const (
	gap         = 2 // between columns
	widestMatch = len("initials")
)

// marked is the text of a suggestion, what was typed standing out.
func marked(p *terminal.Page, s search.Suggestion) string {
	text := []rune(s.Text)
	part := func(from, to int) string { return terminal.Clean(string(text[from:to])) }
	return part(0, s.Span[0]) + p.Styled(terminal.Bold, part(s.Span[0], s.Span[1])) + part(s.Span[1], len(text))
}
