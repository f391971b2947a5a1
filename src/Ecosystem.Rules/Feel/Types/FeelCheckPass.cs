namespace Ecosystem.Rules.Feel;

/// <summary>Infers the type of every part and notes what cannot be right. A part of unknown type is never an error.</summary>
internal sealed class FeelCheckPass(FeelOptions options)
{
    private const int MaxDiagnostics = 20;
    private const int LongestSuggested = 100;
    private const int MostSuggested = 1_000;
    private readonly List<FeelDiagnostic> _diagnostics = [];
    private readonly List<(string? Name, FeelType Type)> _locals = [];

    public IReadOnlyList<FeelDiagnostic> Diagnostics => _diagnostics;

    public FeelType Infer(FeelSyntax syntax)
    {
        switch (syntax)
        {
            case FeelLiteral literal:
                if (literal is { AtText: not null, Value.IsNull: true })
                {
                    Report(literal.At, "feel-type", $"\"{literal.AtText}\" is not a date, time, date and time or duration.");
                }

                return OfKind(literal.Value.Kind);
            case FeelNameRef name:
                return InferName(name);
            case FeelPath path:
                return Member(Infer(path.Source), path);
            case FeelDescendants descendants:
                Infer(descendants.Source);
                return FeelType.AnyList;
            case FeelFilter filter:
                return InferFilter(filter);
            case FeelCall call:
                return InferCall(call);
            case FeelBinary binary:
                return InferBinary(binary);
            case FeelNegate negate:
                var operand = Infer(negate.Operand);
                if (operand.Kind is not (null or FeelKind.Number or FeelKind.DaysTime or FeelKind.YearsMonths or FeelKind.Null))
                {
                    Report(negate.At, "feel-type", $"'-' needs a number or a duration, not a {operand}.");
                }

                return operand;
            case FeelBetween between:
                var tested = Infer(between.Value);
                Comparable(between.At, "between", tested, Infer(between.Low));
                Comparable(between.At, "between", tested, Infer(between.High));
                return FeelType.Boolean;
            case FeelIn test:
                var value = Infer(test.Value);
                InferTests(test.Tests, value, cell: false);
                return FeelType.Boolean;
            case FeelInstanceOf instance:
                Infer(instance.Value);
                return FeelType.Boolean;
            case FeelUnaryTests tests:
                FeelType? input = null;
                options.Types?.Names.TryGetValue("?", out input);
                InferTests(tests.Tests, input ?? FeelType.Any, cell: true);
                return FeelType.Boolean;
            default:
                return InferLarge(syntax);
        }
    }

    private static FeelType OfKind(FeelKind kind) => kind switch
    {
        FeelKind.Null => FeelType.Null,
        FeelKind.Boolean => FeelType.Boolean,
        FeelKind.Number => FeelType.Number,
        FeelKind.String => FeelType.String,
        FeelKind.Date => FeelType.Date,
        FeelKind.Time => FeelType.Time,
        FeelKind.DateTime => FeelType.DateTime,
        FeelKind.DaysTime => FeelType.DaysTime,
        FeelKind.YearsMonths => FeelType.YearsMonths,
        _ => FeelType.Any,
    };

    private static FeelType Plain(FeelType type) => type is FeelConstrainedType constrained ? Plain(constrained.Base) : type;

    private static FeelType Join(FeelType a, FeelType b)
    {
        if (a.Kind == FeelKind.Null)
        {
            return b;
        }

        if (b.Kind == FeelKind.Null || ReferenceEquals(a, b))
        {
            return a;
        }

        return a.ConformsTo(b) ? b : b.ConformsTo(a) ? a : FeelType.Any;
    }

    private FeelType InferLarge(FeelSyntax syntax)
    {
        switch (syntax)
        {
            case FeelIf condition:
                Boolean(condition.At, "The condition of 'if'", Infer(condition.Condition));
                return Join(Infer(condition.Then), Infer(condition.Else));
            case FeelFor loop:
                var mark = _locals.Count;
                BindIterators(loop.Iterators);
                _locals.Add(("partial", FeelType.AnyList));
                var item = Infer(loop.Return);
                Unbind(mark);
                return FeelType.List(item);
            case FeelQuantified quantified:
                mark = _locals.Count;
                BindIterators(quantified.Iterators);
                Boolean(quantified.At, $"The condition of '{(quantified.Every ? "every" : "some")}'", Infer(quantified.Condition));
                Unbind(mark);
                return FeelType.Boolean;
            case FeelFunctionLiteral function:
                mark = _locals.Count;
                foreach (var parameter in function.Parameters)
                {
                    _locals.Add((parameter.Name, parameter.Type ?? FeelType.Any));
                }

                var result = function.External ? FeelType.Any : Infer(function.Body);
                Unbind(mark);
                return FeelType.Function([.. function.Parameters.Select(p => p.Type ?? FeelType.Any)], result);
            case FeelListLiteral list:
                var items = list.Items.Select(Infer).ToList();
                return items.Count == 0 ? FeelType.AnyList : FeelType.List(items.Aggregate(Join));
            case FeelContextLiteral context:
                mark = _locals.Count;
                var members = new Dictionary<string, FeelType>(StringComparer.Ordinal);
                foreach (var entry in context.Entries)
                {
                    if (!members.TryAdd(entry.Key, Infer(entry.Value)))
                    {
                        Report(entry.Value.At, "feel-context", $"The key '{entry.Key}' stands twice in one context.");
                    }

                    _locals.Add((entry.Key, members[entry.Key]));
                }

                Unbind(mark);
                return FeelType.Context(members);
            case FeelInterval interval:
                var low = Infer(interval.Low);
                Comparable(interval.At, "..", low, Infer(interval.High));
                return FeelType.Range(low);
            case FeelUnaryComparison comparison:
                return FeelType.Range(Infer(comparison.Operand));
            default:
                return FeelType.Any;
        }
    }

    private FeelType InferName(FeelNameRef name)
    {
        for (var i = _locals.Count - 1; i >= 0; i--)
        {
            var (local, type) = _locals[i];
            if (local == name.Name)
            {
                return type;
            }

            if (local is null)
            {
                if (name.Name == "item")
                {
                    return type;
                }

                if (Plain(type) is FeelContextType context && context.Members.TryGetValue(name.Name, out var member))
                {
                    return member;
                }
            }
        }

        if (options.Types is not null && options.Types.Names.TryGetValue(name.Name, out var declared))
        {
            return declared;
        }

        if (FeelBuiltIns.Find(name.Name) is not null || (name.Name == "?" && options.Types?.Names.ContainsKey("?") != true))
        {
            return FeelType.Any;
        }

        // An item of unknown type may have an entry of any name.
        if (!_locals.Exists(l => l.Name is null && (Plain(l.Type).Kind is null || Plain(l.Type) is FeelContextType { Members.Count: 0 })))
        {
            Report(name.At, "feel-name", $"There is no '{name.Name}' here.{Suggest(name.Name, KnownNames())}");
        }

        return FeelType.Any;
    }

    private IEnumerable<string> KnownNames() =>
        _locals.Where(l => l.Name is not null).Select(l => l.Name!).Concat(options.Types?.Names.Keys ?? []);

    private string Suggest(string name, IEnumerable<string> known)
    {
        if (_diagnostics.Count >= MaxDiagnostics || name.Length > LongestSuggested)
        {
            return "";
        }

        var names = known.Where(n => n.Length <= LongestSuggested).Take(MostSuggested).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var near = names.Where(n => Distance(n, name) <= Math.Max(1, name.Length / 3)).OrderBy(n => Distance(n, name)).FirstOrDefault();
        return near is not null ? $" Did you mean '{near}'?" : names.Count == 0 ? "" : $" Known are {string.Join(", ", names.Take(12))}{(names.Count > 12 ? ", …" : "")}.";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[^1];
    }

    private FeelType Member(FeelType source, FeelPath path)
    {
        var plain = Plain(source);
        switch (plain)
        {
            case FeelListType list:
                return FeelType.List(Member(list.Item, path));
            case FeelContextType context:
                if (context.Members.TryGetValue(path.Name, out var member))
                {
                    return member;
                }

                if (!context.Open && context.Members.Count > 0)
                {
                    Report(path.At, "feel-name", $"There is no entry '{path.Name}'.{Suggest(path.Name, context.Members.Keys)}");
                }

                return FeelType.Any;
        }

        if (plain.Kind is null or FeelKind.Null)
        {
            return FeelType.Any;
        }

        if (FeelProperties.TypeOf(plain.Kind.Value, path.Name) is { } property)
        {
            return property;
        }

        Report(path.At, "feel-name", $"A {plain} has no property '{path.Name}'.");
        return FeelType.Any;
    }

    private FeelType InferFilter(FeelFilter filter)
    {
        var source = Infer(filter.Source);
        var item = Plain(source) is FeelListType list ? list.Item : source;
        _locals.Add((null, item));
        var condition = Infer(filter.Condition);
        Unbind(_locals.Count - 1);
        if (condition.Kind is not (null or FeelKind.Boolean or FeelKind.Number or FeelKind.Null))
        {
            Report(filter.At, "feel-type", $"A filter needs a condition or a position, not a {condition}.");
        }

        return condition.Kind == FeelKind.Number ? item : FeelType.List(item);
    }

    private FeelType InferCall(FeelCall call)
    {
        var arguments = call.Arguments.Select(a => Infer(a.Value)).ToList();
        if (call.Target is not FeelNameRef name)
        {
            return Infer(call.Target) is FeelFunctionType literal ? literal.Result : FeelType.Any;
        }

        if (_locals.Exists(l => l.Name == name.Name) || (options.Types?.Names.ContainsKey(name.Name) ?? false))
        {
            var target = Plain(InferName(name));
            if (target is FeelFunctionType function)
            {
                return function.Result;
            }

            if (target.Kind is not null && FeelBuiltIns.Find(name.Name) is null)
            {
                Report(call.At, "feel-call", $"'{name.Name}' is a {target}, not a function.");
            }

            if (target.Kind is null || FeelBuiltIns.Find(name.Name) is null)
            {
                return FeelType.Any;
            }
        }

        if (FeelBuiltIns.Find(name.Name) is not { } builtIn)
        {
            Report(name.At, "feel-name", $"There is no function '{name.Name}'.{Suggest(name.Name, FeelBuiltIns.Names)}");
            return FeelType.Any;
        }

        var names = call.Arguments.Count > 0 && call.Arguments[0].Name is not null ? call.Arguments.Select(a => a.Name!).ToArray() : null;
        if (builtIn.Choose(arguments.Count, names) is null)
        {
            Report(call.At, "feel-call", $"{name.Name}() does not take these arguments. It is called as {builtIn.Usage}.");
            return FeelType.Any;
        }

        var (result, wanted) = FeelSignatures.Of(name.Name, arguments);
        for (var i = 0; names is null && i < arguments.Count && i < wanted.Length; i++)
        {
            if (!FeelSignatures.Accepts(wanted[i], Plain(arguments[i])))
            {
                Report(call.Arguments[i].Value.At, "feel-type", $"{name.Name}() needs a {FeelSignatures.Name(wanted[i])} as argument {i + 1}, not a {arguments[i]}.");
            }
        }

        return result;
    }

    private FeelType InferBinary(FeelBinary binary)
    {
        var left = Infer(binary.Left);
        var right = Infer(binary.Right);
        var sign = FeelNaming.Operator(binary.Operator);
        switch (binary.Operator)
        {
            case FeelOperator.And or FeelOperator.Or:
                Boolean(binary.At, $"The left side of '{sign}'", left);
                Boolean(binary.At, $"The right side of '{sign}'", right);
                return FeelType.Boolean;
            case >= FeelOperator.Equal:
                Comparable(binary.At, sign, left, right);
                return FeelType.Boolean;
        }

        if (left.Kind is null || right.Kind is null || left.Kind == FeelKind.Null || right.Kind == FeelKind.Null)
        {
            return left.Kind == FeelKind.String || right.Kind == FeelKind.String ? FeelType.String : FeelType.Any;
        }

        if (FeelSignatures.Arithmetic(binary.Operator, Single(left), Single(right)) is { } result)
        {
            return result;
        }

        Report(binary.At, "feel-type", $"'{sign}' cannot take a {left} and a {right}.");
        return FeelType.Any;
    }

    private static FeelKind Single(FeelType type) => type.Kind!.Value;

    private void InferTests(IReadOnlyList<FeelSyntax> tests, FeelType value, bool cell)
    {
        foreach (var test in tests)
        {
            if (test is FeelUnaryComparison comparison)
            {
                Comparable(comparison.At, FeelNaming.Operator(comparison.Operator), value, Infer(comparison.Operand));
                continue;
            }

            var type = Plain(Infer(test));
            var wanted = type switch
            {
                FeelRangeType range => range.Item,
                FeelListType list when Plain(value) is not FeelListType => Plain(list.Item) is FeelRangeType inner ? inner.Item : list.Item,
                _ => type,
            };
            var condition = cell && FeelWalker.Any(test, s => s is FeelNameRef { Name: "?" });
            if (!condition && Plain(value) is not FeelListType)
            {
                Comparable(test.At, cell ? "=" : "in", value, wanted);
            }
        }
    }

    private void BindIterators(IReadOnlyList<FeelIterator> iterators)
    {
        foreach (var iterator in iterators)
        {
            var source = Plain(Infer(iterator.Source));
            if (iterator.Until is { } until)
            {
                Comparable(until.At, "..", source, Infer(until));
                _locals.Add((iterator.Name, source));
                continue;
            }

            _locals.Add((iterator.Name, source switch
            {
                FeelListType list => list.Item,
                FeelRangeType range => range.Item,
                _ => source,
            }));
        }
    }

    private void Unbind(int mark) => _locals.RemoveRange(mark, _locals.Count - mark);

    private void Boolean(FeelPosition at, string what, FeelType type)
    {
        if (type.Kind is not (null or FeelKind.Boolean or FeelKind.Null))
        {
            Report(at, "feel-type", $"{what} must be true or false, not a {type}.");
        }
    }

    private void Comparable(FeelPosition at, string sign, FeelType left, FeelType right)
    {
        if (left.Kind is null || right.Kind is null || left.Kind == FeelKind.Null || right.Kind == FeelKind.Null || left.Kind == right.Kind)
        {
            return;
        }

        Report(at, "feel-type", $"A {left} cannot be compared with a {right} ('{sign}').");
    }

    private void Report(FeelPosition at, string code, string message)
    {
        if (_diagnostics.Count < MaxDiagnostics)
        {
            _diagnostics.Add(new FeelDiagnostic(FeelSeverity.Error, code, FeelException.Short(message), at.Line, at.Column));
        }
    }
}
