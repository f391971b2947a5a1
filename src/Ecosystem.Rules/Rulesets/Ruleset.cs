using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Rulesets.Documents;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// One version of a ruleset, read, checked and compiled. Immutable and thread-safe: one instance serves all evaluations.
/// </summary>
public sealed class Ruleset
{
    private const int MostOutput = 1_000_000;
    private const int DeepestOutput = 60;
    private readonly IReadOnlyList<CompiledSection> _sections;

    private Ruleset(string text, RulesetDocument document, IReadOnlyList<CompiledSection> sections, IReadOnlyList<RulesetDiagnostic> warnings, IReadOnlySet<string> namesRead)
    {
        Text = text;
        Document = document;
        _sections = sections;
        Warnings = warnings;
        NamesRead = namesRead;
    }

    /// <summary>What the document says.</summary>
    public RulesetDocument Document { get; }

    /// <summary>The YAML text it was read from.</summary>
    public string Text { get; }

    /// <summary>Findings that do not keep it from running.</summary>
    public IReadOnlyList<RulesetDiagnostic> Warnings { get; }

    /// <summary>Every name that some expression reads.</summary>
    internal IReadOnlySet<string> NamesRead { get; }

    internal IReadOnlyList<CompiledSection> Sections => _sections;

    /// <summary>Reads and compiles a document.</summary>
    /// <param name="yaml">The YAML text.</param>
    /// <param name="source">Name of the file or other source, for messages.</param>
    /// <returns>The ruleset.</returns>
    /// <exception cref="RulesetException">It is not a valid ruleset; all findings are in the exception.</exception>
    public static Ruleset Parse(string yaml, string? source = null)
    {
        Ruleset? ruleset = TryParse(yaml, out IReadOnlyList<RulesetDiagnostic> diagnostics);
        return ruleset ?? throw new RulesetException(source, diagnostics);
    }

    /// <summary>Reads and compiles a document without throwing.</summary>
    /// <param name="yaml">The YAML text.</param>
    /// <param name="diagnostics">Everything that was found, warnings included.</param>
    /// <returns>The ruleset, or null when there are errors.</returns>
    public static Ruleset? TryParse(string yaml, out IReadOnlyList<RulesetDiagnostic> diagnostics)
    {
        var found = new Documents.DiagnosticList();
        RulesetDocument? document = DocumentReader.Read(yaml, found);
        Ruleset? ruleset = null;
        if (document is not null)
        {
            var compiler = new RulesetCompiler(document, found);
            IReadOnlyList<CompiledSection> sections = compiler.Compile();
            ruleset = found.HasErrors ? null : new Ruleset(yaml, document, sections, found.Items, compiler.Expressions.NamesRead);
        }

        diagnostics = [.. found.Items.OrderBy(d => d.Line).ThenBy(d => d.Column)];
        return ruleset;
    }

    /// <summary>Applies the ruleset.</summary>
    /// <param name="inputs">Values by name: text, any .NET number, <c>bool</c>, <c>DateOnly</c> (or its ISO text), lists, dictionaries, or JSON elements of these.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <returns>Outputs and trace.</returns>
    /// <exception cref="RulesetException">An input is missing or does not fit, or the ruleset has no result for these inputs. The inputs are never changed.</exception>
    public RulesetResult Evaluate(IReadOnlyDictionary<string, object?> inputs, RulesetOptions? options = null)
    {
        options ??= RulesetOptions.Default;
        var state = new RunState(Document, options.Trace);
        try
        {
            ReadInputs(inputs, state, options);
            foreach (CompiledSection section in _sections)
            {
                section.Run(state);
            }

            return new RulesetResult(Outputs(state), state.Trace());
        }
        catch (InputProblemException problem)
        {
            throw new RulesetException(Document.Name, [new RulesetDiagnostic(RulesetSeverity.Error, problem.Code, problem.Path, 0, 0, problem.Message, problem.Fix)], problem);
        }
    }

    private void ReadInputs(IReadOnlyDictionary<string, object?> inputs, RunState state, RulesetOptions options)
    {
        int taken = 0;
        foreach (RulesetField field in Document.Inputs)
        {
            if (inputs.TryGetValue(field.Name, out object? value))
            {
                taken++;
            }

            try
            {
                state.Values[field.Name] = InputCoercion.Coerce(field, value, field.Name);
            }
            catch (FeelException failure)
            {
                throw new InputProblemException(failure.Diagnostics[0].Code, field.Name, $"'{field.Name}': {failure.Diagnostics[0].Message.TrimEnd('.')}");
            }
        }

        if (taken != inputs.Count && !options.IgnoreUnknownInputs)
        {
            string unknown = inputs.Keys.First(k => Document.Inputs.All(f => f.Name != k));
            throw new InputProblemException("unknown-input", unknown, $"Ruleset '{Document.Name}' has no input '{unknown}'", Suggestion.For(unknown, Document.Inputs.Select(f => f.Name)));
        }
    }

    private Dictionary<string, object?> Outputs(RunState state)
    {
        var outputs = new Dictionary<string, object?>(Document.Outputs.Count, StringComparer.Ordinal);
        foreach (RulesetField field in Document.Outputs)
        {
            state.Values.TryGetValue(field.Name, out object? value);
            if (value is FeelObject { Height: > DeepestOutput } deep)
            {
                throw new RulesetException(Document.Name,
                    [new RulesetDiagnostic(RulesetSeverity.Error, "too-deep", $"outputs/{field.Name}", field.Line, field.Column, $"The output '{field.Name}' is nested {PlainWords.Number(deep.Height)} levels deep; at most {PlainWords.Number(DeepestOutput)} can be given")]);
            }

            if (value is FeelObject { Weight: > MostOutput } large)
            {
                throw new RulesetException(Document.Name,
                    [new RulesetDiagnostic(RulesetSeverity.Error, "too-large", $"outputs/{field.Name}", field.Line, field.Column, $"The output '{field.Name}' holds {PlainWords.Number(large.Weight)} values; at most {PlainWords.Number(MostOutput)} can be given")]);
            }

            try
            {
                outputs[field.Name] = InputCoercion.Coerce(field, value, field.Name, project: true);
            }
            catch (InputProblemException problem)
            {
                string message = problem.Code == "missing-input" ? $"The output '{problem.Path}' was not decided" : $"The output does not fit its declaration: {problem.Message}";
                throw new RulesetException(Document.Name, [new RulesetDiagnostic(RulesetSeverity.Error, "bad-output", $"outputs/{problem.Path}", field.Line, field.Column, message, problem.Fix)], problem);
            }
        }

        return outputs;
    }
}
