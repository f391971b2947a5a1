using System.Xml.Linq;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Dmn;

/// <summary>Compiles the boxed expressions of one model. What cannot be compiled becomes null with a message, as a model is more than one expression.</summary>
internal sealed class DmnCompiler(DmnTypes types, FeelOptions options, Action<string> report)
{
    public DmnCode Compile(DmnExpression? expression, FeelScope scope, string place)
    {
        if (expression is null)
        {
            return new DmnFailedCode($"{place} has no expression.");
        }

        DmnCode code;
        try
        {
            code = CompileCore(expression, scope, place);
        }
        catch (FeelException e)
        {
            return Failed($"{place}: {e.Message}");
        }
        catch (DecisionTableException e)
        {
            return Failed($"{place}: {e.Message}");
        }

        var type = types.Of(expression.TypeRef);
        return expression is DmnFunctionDefinition || ReferenceEquals(type, FeelType.Any) ? code : new DmnTypedCode(code, type);
    }

    public DmnFunctionCode Function(string name, DmnFunctionDefinition function, FeelScope scope, string place, FeelType? declared)
    {
        var parameters = function.Parameters.Select(p => (p.Name, types.Of(p.TypeRef))).ToList();
        var inner = scope;
        foreach (var (parameter, type) in parameters)
        {
            inner = inner.With(parameter, type);
        }

        var body = function.Kind == "FEEL" && !IsForeign(function)
            ? Compile(function.Body, inner, place)
            : Failed($"{place}: functions of kind {function.Kind} are not run; only FEEL is.");
        var result = declared is FeelFunctionType signature ? signature.Result : declared is null || declared.Kind == FeelKind.Function ? FeelType.Any : declared;
        return new DmnFunctionCode(name, parameters, body, ReferenceEquals(result, FeelType.Any) ? types.Of(function.TypeRef) is { Kind: not FeelKind.Function } own ? own : FeelType.Any : result);
    }

    private static bool IsForeign(DmnFunctionDefinition function) =>
        function.Body is DmnContext { Entries: var entries } && entries.Any(e => e.Variable?.Name is "class" or "method signature") && function.Kind != "FEEL";

    private DmnFailedCode Failed(string message)
    {
        report(message);
        return new DmnFailedCode(message);
    }

    private DmnCode CompileCore(DmnExpression expression, FeelScope scope, string place)
    {
        switch (expression)
        {
            case DmnLiteralExpression literal:
                if (literal.Extensions.OfType<XElement>().Any(e => e.Name.LocalName == "importedValues"))
                {
                    return Failed($"{place}: values of another file are kept, but not read; write them as FEEL text.");
                }

                return literal.Language is { } language && !IsFeel(language)
                    ? Failed($"{place}: the expression language {language} is not run; only FEEL is.")
                    : new DmnLiteralCode(FeelExpression.Parse(literal.Text, options with { Types = scope, Check = false }));
            case DmnDecisionTable table:
                return Language(table) is { } other
                    ? Failed($"{place}: the expression language {other} is not run; only FEEL is.")
                    : new DmnTableCode(DecisionTable.Compile(Define(table, place), options with { Types = scope, Check = false }));
            case DmnContext context:
                return Context(context, scope, place);
            case DmnList list:
                return new DmnListCode([.. list.Items.Select(i => Compile(i, scope, place))]);
            case DmnRelation relation:
                return new DmnRelationCode([.. relation.Columns.Select(c => c.Name)], [.. relation.Rows.Select(r => r.Items.Select((cell, i) => Column(cell, relation.Columns, i, scope, place)).ToList())]);
            case DmnInvocation call:
                return new DmnInvocationCode(
                    Compile(call.Function, scope, place),
                    [.. call.Bindings.Select(b => b.Parameter.Name)],
                    [.. call.Bindings.Select(b => b.Value is null ? new DmnLiteralCode(FeelExpression.Parse("null")) : Compile(b.Value, scope, $"{place}, argument '{b.Parameter.Name}'"))]);
            case DmnFunctionDefinition function:
                return Function("", function, scope, place, null);
            case DmnConditional conditional:
                return new DmnConditionalCode(Compile(conditional.If, scope, place), Compile(conditional.Then, scope, place), Compile(conditional.Else, scope, place));
            case DmnFilter filter:
                return new DmnFilterCode(Compile(filter.In, scope, place), Compile(filter.Match, scope.With("item", FeelType.Any), place));
            case DmnIteration iteration:
                var inner = scope.With(iteration.Variable.Name, FeelType.Any);
                return new DmnIterationCode(iteration.Kind, iteration.Variable.Name, Compile(iteration.In, scope, place), Compile(iteration.Each, iteration.Kind == DmnIterationKind.For ? inner.With("partial", FeelType.AnyList) : inner, place));
            default:
                return Failed($"{place}: {expression.GetType().Name} is not known.");
        }
    }

    private DmnCode Column(DmnExpression cell, IReadOnlyList<DmnVariable> columns, int index, FeelScope scope, string place)
    {
        var code = Compile(cell, scope, place);
        var type = index < columns.Count ? types.Of(columns[index].TypeRef) : FeelType.Any;
        return ReferenceEquals(type, FeelType.Any) ? code : new DmnTypedCode(code, type);
    }

    private DmnContextCode Context(DmnContext context, FeelScope scope, string place)
    {
        var entries = new List<(string?, DmnCode?)>();
        foreach (var entry in context.Entries)
        {
            var name = entry.Variable?.Name;
            var type = types.Of(entry.Variable?.TypeRef);
            DmnCode? code = null;
            if (entry.Value is DmnFunctionDefinition function)
            {
                code = Function(name ?? "", function, scope, $"{place}, entry '{name}'", entry.Variable?.TypeRef is null ? null : type);
            }
            else if (entry.Value is not null)
            {
                code = Compile(entry.Value, scope, name is null ? place : $"{place}, entry '{name}'");
                code = ReferenceEquals(type, FeelType.Any) ? code : new DmnTypedCode(code, type);
            }

            entries.Add((name, code));
            scope = name is null ? scope : scope.With(name, ReferenceEquals(type, FeelType.Any) ? InferContext(entry.Value) : type);
        }

        return new DmnContextCode(entries);
    }

    /// <summary>Enough of a boxed context's type to know its entries' names, which may hold spaces.</summary>
    private FeelType InferContext(DmnExpression? expression) => expression switch
    {
        { TypeRef: not null } => types.Of(expression.TypeRef),
        DmnContext context when context.Entries.All(e => e.Variable is not null) =>
            FeelType.Context(context.Entries.DistinctBy(e => e.Variable!.Name).Select(e => new KeyValuePair<string, FeelType>(e.Variable!.Name, e.Variable.TypeRef is null ? InferContext(e.Value) : types.Of(e.Variable.TypeRef)))),
        DmnContext context => InferContext(context.Entries[^1].Value),
        DmnRelation relation => FeelType.List(FeelType.Context(relation.Columns.DistinctBy(c => c.Name).Select(c => new KeyValuePair<string, FeelType>(c.Name, types.Of(c.TypeRef))))),
        DmnDecisionTable { Outputs.Count: > 1 } table => FeelType.Context(table.Outputs.Where(o => o.Name is not null).DistinctBy(o => o.Name).Select(o => new KeyValuePair<string, FeelType>(o.Name!, types.Of(o.TypeRef)))),
        _ => FeelType.Any,
    };

    public FeelType Infer(DmnExpression? expression, string? typeRef) => typeRef is null ? InferContext(expression) : types.Of(typeRef);

    private DecisionTableDefinition Define(DmnDecisionTable table, string place) => new()
    {
        Name = place,
        HitPolicy = table.HitPolicy,
        Inputs = [.. table.Inputs.Select(i => new TableInput(i.Expression.Text, Declared(i.TypeRef), Written(i.AllowedValues), i.Label))],
        Outputs = [.. table.Outputs.Select((o, i) => new TableOutput(o.Name ?? (table.Outputs.Count > 1 ? o.Label ?? $"output {i + 1}" : null), Declared(o.TypeRef), Written(o.AllowedValues) ?? Priorities(table, o), Written(o.Default)))],
        Rows = [.. table.Rules.Select((r, i) => new TableRow(r.Id ?? $"row {i + 1}", [.. r.Inputs.Select(c => c.Text)], [.. r.Outputs.Select(c => c.Text)], r.Description ?? (r.Annotations.Count > 0 ? r.Annotations[0].Text : null)))],
    };

    private static bool IsFeel(string language) => language.Contains("FEEL", StringComparison.OrdinalIgnoreCase);

    /// <summary>A language other than FEEL that a column or cell is written in; null when there is none.</summary>
    private static string? Language(DmnDecisionTable table) => table.Inputs.Select(i => i.Expression)
        .Concat(table.Inputs.Select(i => i.AllowedValues).Concat(table.Outputs.SelectMany(o => new[] { o.AllowedValues, o.Default })).OfType<DmnText>())
        .Concat(table.Rules.SelectMany(r => r.Inputs.Concat(r.Outputs)))
        .SelectMany(t => t.Extensions.OfType<XAttribute>())
        .FirstOrDefault(a => a.Name == "expressionLanguage" && !IsFeel(a.Value))?.Value;

    private static string? Written(DmnText? text) => string.IsNullOrWhiteSpace(text?.Text) ? null : text.Text;

    /// <summary>Where outputs are ranked, the values their type allows say how when the table does not.</summary>
    private string? Priorities(DmnDecisionTable table, DmnTableOutput output) =>
        table.HitPolicy is HitPolicy.Priority or HitPolicy.OutputOrder ? types.Priorities(output.TypeRef ?? (table.Outputs.Count == 1 ? table.TypeRef : null)) : null;

    private FeelType? Declared(string? typeRef) => types.Of(typeRef) is var type && ReferenceEquals(type, FeelType.Any) ? null : type;
}
