package main

import (
	"strings"

	"github.com/spf13/cobra"

	"leimu/api"
	"leimu/search"
)

func searchCommand() *cobra.Command {
	var request search.Request
	var subject, dir string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "search [flags] DESCRIPTION…",
		Short: "Find the category of a description",
		Example: `  leimu search 共享充电宝
  leimu search --subject individual 给邻居做饭,上门取
  leimu search --region 广东 -n 3 互联网医院挂号
  leimu search --json 剧本杀预约 | jq -r '.results[0].category.path | join(">")'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			request.Query, request.Subject = strings.Join(args, " "), search.Subject(subject)
			if cmd.Flags().Changed("limit") && request.Limit == 0 {
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
			answer, err := engine.Search(cmd.Context(), request)
			if err != nil {
				return err
			}
			if asJSON {
				return api.Encode(cmd.OutOrStdout(), answer)
			}
			return printAnswer(newPage(cmd), answer)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&subject, "subject", "", "who files: individual (个人), enterprise (企业、个体工商户), government (政府机关、事业单位)")
	flags.StringVar(&request.Region, "region", "", "`province` of the filing, 广东 for instance")
	flags.IntVarP(&request.Limit, "limit", "n", search.DefaultLimit, "results told")
	flags.BoolVar(&request.EligibleOnly, "eligible-only", false, "leave out what the subject may not or should not choose")
	flags.BoolVar(&request.Explain, "explain", false, "tell every evidence with its weight")
	flags.StringVar(&request.Reply, "answer", "", "the `reply` chosen to the question that an earlier answer asked")
	flags.BoolVar(&asJSON, "json", false, "print what the API answers")
	dataFlag(cmd, &dir)
	completeSubjects(cmd)
	return cmd
}

// completeSubjects lets the shell complete --subject.
func completeSubjects(cmd *cobra.Command) {
	var names []string
	for _, s := range search.Subjects() {
		names = append(names, string(s))
	}
	_ = cmd.RegisterFlagCompletionFunc("subject", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}
