using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

public sealed partial class DecisionTable
{
    /// <summary>Parses, checks and compiles all parts of a table, collecting what is wrong.</summary>
    private sealed class Builder
    {
        private readonly DecisionTableDefinition _definition;
        private readonly FeelOptions _options;
        private readonly List<TableDiagnostic> _diagnostics = [];
        private readonly HashSet<string> _free = new(StringComparer.Ordinal);
        private readonly Dictionary<(int Column, string Text), FeelTestSet> _cells = [];
        private readonly Dictionary<(int Column, string Text), FeelCode> _results = [];

        public Builder(DecisionTableDefinition definition, FeelOptions options)
        {
            _definition = definition;
            _options = options;
            Slots = 1;
            CheckShape();
            Inputs = new FeelCode[definition.Inputs.Count];
            InputAllowed = new FeelTestSet?[Inputs.Length];
            AsksNull = new bool[Inputs.Length];
            var types = new FeelType[Inputs.Length];
            for (var i = 0; i < Inputs.Length; i++)
            {
                var input = definition.Inputs[i];
                (Inputs[i], var inferred) = Expression(input.Expression, null, i, false, input.Type, tolerant: true);
                types[i] = input.Type ?? inferred;
                InputAllowed[i] = input.AllowedValues is { } allowed ? Allowed(allowed, i, false, types[i]) : null;
            }

            Cells = new FeelTestSet[definition.Rows.Count][];
            var outputs = new FeelCode[definition.Rows.Count][];
            for (var r = 0; r < Cells.Length; r++)
            {
                var row = definition.Rows[r];
                Cells[r] = new FeelTestSet[Inputs.Length];
                outputs[r] = new FeelCode[definition.Outputs.Count];
                for (var i = 0; i < Inputs.Length && i < row.Inputs.Count; i++)
                {
                    Cells[r][i] = Tests(row.Inputs[i], row.Id, i, types[i], out var asksNull);
                    AsksNull[i] |= asksNull;
                }

                for (var i = 0; i < outputs[r].Length && i < row.Outputs.Count; i++)
                {
                    outputs[r][i] = Output(row.Outputs[i], row.Id, i, definition.Outputs[i].Type);
                }
            }

            var defaults = new FeelCode?[definition.Outputs.Count];
            var ranks = new FeelValue[definition.Outputs.Count][];
            for (var i = 0; i < defaults.Length; i++)
            {
                var output = definition.Outputs[i];
                defaults[i] = output.Default is { } text ? Expression(text, null, i, true, output.Type).Code : null;
                ranks[i] = output.AllowedValues is { } allowed ? AllowedOutputs(allowed, i) : [];
            }

            if (_options.Mode == FeelMode.Strict)
            {
                CheckOutputs(outputs, ranks);
            }

            if (_diagnostics.Count > 0)
            {
                throw new DecisionTableException(_diagnostics);
            }

            var restrictions = definition.Outputs.Select((o, i) => o.AllowedValues is { } text ? Allowed(text, i, true, o.Type ?? FeelType.Any) : null).ToArray();
            try
            {
                Outputs = new TableOutputs(definition.Outputs, outputs, defaults, ranks, restrictions, Slots, options);
            }
            catch (FeelException e)
            {
                Report(null, null, true, e);
                throw new DecisionTableException(_diagnostics);
            }

            _free.Remove("?");
        }

        public FeelCode[] Inputs { get; }

        public FeelTestSet?[] InputAllowed { get; }

        public FeelTestSet[][] Cells { get; }

        public bool[] AsksNull { get; }

        public TableOutputs Outputs { get; }

        public int Slots { get; private set; }

        public bool Captures { get; private set; }

        public IReadOnlySet<string> FreeNames => _free;

        private void CheckShape()
        {
            if (_definition.Outputs.Count == 0)
            {
                Report(null, null, false, "table-shape", "there is no output column.");
            }

            if (_definition.Outputs.Count > 1 && _definition.Outputs.Any(o => string.IsNullOrEmpty(o.Name)))
            {
                Report(null, null, true, "table-shape", "every output needs a name when there are several.");
            }

            foreach (var row in _definition.Rows)
            {
                if (row.Inputs.Count != _definition.Inputs.Count || row.Outputs.Count != _definition.Outputs.Count)
                {
                    Report(row.Id, null, false, "table-shape",
                        $"it has {row.Inputs.Count} input and {row.Outputs.Count} output cells, but the table has {_definition.Inputs.Count} inputs and {_definition.Outputs.Count} outputs.");
                }
            }

            if (_diagnostics.Count > 0)
            {
                throw new DecisionTableException(_diagnostics);
            }
        }

        private void CheckOutputs(FeelCode[][] outputs, FeelValue[][] allowed)
        {
            for (var r = 0; r < outputs.Length; r++)
            {
                for (var i = 0; i < outputs[r].Length; i++)
                {
                    if (allowed[i].Length > 0 && outputs[r][i] is ConstantCode { Value: { IsNull: false } value } && !Array.Exists(allowed[i], a => Allows(a, value)))
                    {
                        Report(_definition.Rows[r].Id, i, true, "feel-allowed", $"{FeelNaming.Short(value)} is not among the allowed values {_definition.Outputs[i].AllowedValues}.");
                    }
                }
            }

            static bool Allows(FeelValue allowed, FeelValue value) => allowed.Range is { } range ? range.Contains(value) == true : FeelComparison.Same(allowed, value);
        }

        private FeelValue[] AllowedOutputs(string text, int column)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return [];
            }

            try
            {
                var tests = FeelReader.ReadUnaryTests(text, _options.Types, _options.Limits);
                var frame = new FeelFrame(new FeelRun(), null, new FeelValue[64]);
                frame.Run.Start(_options, null, null);
                return [.. tests.Tests.Select(t => new FeelCompiler(_options with { Mode = FeelMode.Dmn }).Compile(t).Run(frame))];
            }
            catch (FeelException e)
            {
                if (_options.Mode == FeelMode.Strict)
                {
                    Report(null, column, true, e);
                }

                return [];
            }
        }

        private FeelCode Output(string text, string rowId, int column, FeelType? type)
        {
            if (_results.TryGetValue((column, text), out var known))
            {
                return known;
            }

            var code = string.IsNullOrWhiteSpace(text) || text.Trim() == "-" ? new ConstantCode(FeelValue.Null) : Expression(text, rowId, column, true, type).Code;
            return _results[(column, text)] = code;
        }

        private (FeelCode Code, FeelType Type) Expression(string text, string? rowId, int column, bool output, FeelType? expected, bool tolerant = false)
        {
            try
            {
                var syntax = FeelReader.ReadExpression(text, _options.Types, _options.Limits);
                var type = Check(syntax, _options);
                if (expected?.Kind is { } wanted && type.Kind is { } found && found != wanted && found != FeelKind.Null && found != FeelKind.List && wanted != FeelKind.List)
                {
                    Report(rowId, column, output, "feel-type", $"a {expected} is expected, but '{text}' is a {type}.");
                }

                var compiler = new FeelCompiler(_options);
                var code = tolerant ? compiler.CompileTolerant(syntax) : compiler.Compile(syntax);
                Absorb(compiler);
                return (code, type);
            }
            catch (FeelException e)
            {
                Report(rowId, column, output, e);
                return (new ConstantCode(FeelValue.Null), FeelType.Any);
            }
        }

        private FeelTestSet Tests(string text, string? rowId, int column, FeelType type, out bool asksNull)
        {
            asksNull = text.Contains("null", StringComparison.Ordinal);
            if (rowId is not null && _cells.TryGetValue((column, text), out var known))
            {
                return known;
            }

            var result = new FeelTestSet([], false);
            try
            {
                var options = _options.Types is null ? _options : _options with { Types = _options.Types.With("?", type) };
                var tests = string.IsNullOrWhiteSpace(text) ? new FeelUnaryTests(new(1, 1), false, []) : FeelReader.ReadUnaryTests(text, options.Types, _options.Limits);
                Check(tests, options);
                var compiler = new FeelCompiler(_options);
                result = compiler.CompileTestSet(tests);
                Absorb(compiler);
            }
            catch (FeelException e)
            {
                Report(rowId, column, false, e);
            }

            if (rowId is not null)
            {
                _cells[(column, text)] = result;
            }

            return result;
        }

        /// <summary>Allowed values; in DMN mode those that cannot be read allow nothing.</summary>
        private FeelTestSet Allowed(string text, int column, bool output, FeelType type)
        {
            var known = _diagnostics.Count;
            var tests = Tests(text, null, column, type, out _);
            if (_diagnostics.Count > known && _options.Mode == FeelMode.Dmn)
            {
                _diagnostics.RemoveRange(known, _diagnostics.Count - known);
                return new FeelTestSet([new ComparisonTestCode(FeelOperator.Less, new ConstantCode(FeelValue.Null), false, default)], false);
            }

            if (output)
            {
                _diagnostics.RemoveRange(known, _diagnostics.Count - known);
            }

            return tests;
        }

        private static FeelType Check(FeelSyntax syntax, FeelOptions options)
        {
            if (!(options.Check ?? options.Types is not null))
            {
                return FeelType.Any;
            }

            var diagnostics = FeelChecker.Check(syntax, options, out var type);
            return diagnostics.Count > 0 ? throw new FeelException(diagnostics) : type;
        }

        private void Absorb(FeelCompiler compiler)
        {
            Slots = Math.Max(Slots, compiler.Slots);
            Captures |= compiler.Captures;
            _free.UnionWith(compiler.FreeNames);
        }

        private void Report(string? rowId, int? column, bool output, string code, string message) =>
            _diagnostics.Add(new TableDiagnostic(_definition.Name, rowId, column, output, new FeelDiagnostic(FeelSeverity.Error, code, message, 0, 0)));

        private void Report(string? rowId, int? column, bool output, FeelException error) =>
            _diagnostics.AddRange(error.Diagnostics.Select(d => new TableDiagnostic(_definition.Name, rowId, column, output, d)));
    }
}
