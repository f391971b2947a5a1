using System.Globalization;
using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Benchmarks.Rules.Production;

/// <summary>
/// Waltz filtering of line drawings: each junction starts with all labellings its kind allows (Huffman's and Clowes' table), and those for which a
/// neighbour has none that agrees on their common line are taken away until nothing changes. The drawing is a number of cubes.
/// </summary>
internal static class WaltzRules
{
    private static readonly string[] Ell = ["io", "oi", "+o", "i+", "-i", "o-"];
    private static readonly string[] Fork = ["+++", "---", "io-", "-io", "o-i"];
    private static readonly string[] Arrow = ["i+o", "-+-", "+-+"];

    public static Rule[] All => [new Prune(), new Sweep()];

    /// <summary>Label options: candidate, junction, line, and the label as seen from the line's first end.</summary>
    public static List<Option> Options(int cubes)
    {
        var options = new List<Option>();
        var candidate = 0;
        for (var cube = 0; cube < cubes; cube++)
        {
            var (junction, line) = (cube * 7, cube * 9);

            // Junction 0 is the fork, 1 to 3 are arrows, 4 to 6 lie between two arrows. Lines 0 to 2 leave the fork; 3 to 8 go round the outline.
            Add(junction, Fork, (line, true), (line + 1, true), (line + 2, true));
            for (var i = 0; i < 3; i++)
            {
                var before = line + 3 + (((2 * i) + 5) % 6);
                var after = line + 3 + (2 * i);
                Add(junction + 1 + i, Arrow, (before, false), (line + i, false), (after, true));
                Add(junction + 4 + i, Ell, (after, false), (line + 3 + (((2 * i) + 1) % 6), true));
            }
        }

        return options;

        void Add(int junction, string[] labellings, params (int Line, bool IsFirstEnd)[] lines)
        {
            foreach (var labelling in labellings)
            {
                for (var i = 0; i < lines.Length; i++)
                {
                    var label = labelling[i] switch
                    {
                        'i' => lines[i].IsFirstEnd ? '<' : '>',
                        'o' => lines[i].IsFirstEnd ? '>' : '<',
                        var same => same,
                    };
                    options.Add(new Option(candidate, junction, lines[i].Line, label));
                }

                candidate++;
            }
        }
    }

    /// <summary>The same answer by loops: how many options are left.</summary>
    public static int Left(List<Option> options)
    {
        var left = options.ToHashSet();
        while (true)
        {
            var seen = left.Select(o => (o.Line, o.Label, o.Junction)).Distinct().GroupBy(o => (o.Line, o.Label)).Where(g => g.Count() > 1)
                .Select(g => g.Key).ToHashSet();
            var dead = left.Where(o => !seen.Contains((o.Line, o.Label))).Select(o => o.Candidate).ToHashSet();
            if (dead.Count == 0)
            {
                return left.Count;
            }

            left.RemoveWhere(o => dead.Contains(o.Candidate));
        }
    }

    /// <summary>The same rules and facts for CLIPS.</summary>
    public static string Clips(IEnumerable<Option> options) => $$"""
        (deftemplate option (slot candidate) (slot junction) (slot line) (slot label))
        (deftemplate dead (slot candidate))
        (defrule prune
          (option (candidate ?c) (junction ?j) (line ?l) (label ?x))
          (not (option (line ?l) (label ?x) (junction ~?j)))
          (not (dead (candidate ?c)))
          =>
          (assert (dead (candidate ?c))))
        (defrule sweep (declare (salience 10))
          (dead (candidate ?c))
          ?o <- (option (candidate ?c))
          =>
          (retract ?o))
        (reset)
        (defglobal ?*start* = (time))
        {{string.Join('\n', options.Select(o => $"(assert (option (candidate {o.Candidate}) (junction {o.Junction}) (line {o.Line}) (label l{((int)o.Label).ToString(CultureInfo.InvariantCulture)})))"))}}
        (run)
        (printout t crlf "seconds=" (- (time) ?*start*) " result=" (length$ (find-all-facts ((?o option)) TRUE)) crlf)
        (exit)
        """;

    public sealed record Option(int Candidate, int Junction, int Line, char Label);

    private sealed record Dead(int Candidate);

    private sealed class Prune : Rule
    {
        public override void Define()
        {
            Option option = null!;
            When()
                .Match(() => option)
                .Not<Option>(o => o.Line == option.Line, o => o.Label == option.Label, o => o.Junction != option.Junction)
                .Not<Dead>(d => d.Candidate == option.Candidate);
            Then().Do(ctx => ctx.Insert(new Dead(option.Candidate)));
        }
    }

    [Priority(10)]
    private sealed class Sweep : Rule
    {
        public override void Define()
        {
            Dead dead = null!;
            Option option = null!;
            When().Match(() => dead).Match(() => option, o => o.Candidate == dead.Candidate);
            Then().Do(ctx => ctx.Retract(option));
        }
    }
}
