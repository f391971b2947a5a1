using CsvHelper;

namespace Ecosystem.Workflows.Integration;

/// <summary>A CSV text with a header, read whole, with its column names checked: a row's number is what an editor shows for it.</summary>
internal sealed class CsvTable
{
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        HasHeader = false,
        TrackLineNumbers = true,
        PoolStrings = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    private readonly Dictionary<string, int> columns;

    private CsvTable(string file, Dictionary<string, int> columns, IReadOnlyList<Row> rows)
    {
        File = file;
        this.columns = columns;
        Rows = rows;
    }

    public string File { get; }

    public IReadOnlyList<Row> Rows { get; }

    public static Result<CsvTable> Read(string file, string text, IReadOnlyCollection<string> required) =>
        Read(file, text, required, name => required.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? name
            : new Refusal("import.unknown-column", $"{file}, row 1: the column '{name}' is not known; expected are {string.Join(", ", required)}.", name));

    /// <summary>Reads a text whose columns may have other names: <paramref name="columnOf"/> gives each its name here, the empty one to leave it out.</summary>
    public static Result<CsvTable> Read(string file, string text, IReadOnlyCollection<string> required, Func<string, Result<string>> columnOf)
    {
        try
        {
            return ReadRows(file, text.TrimStart('\ufeff'), required, columnOf);
        }
        catch (CsvFormatException error)
        {
            return new Refusal("import.malformed", $"{file}, row {error.LineNumber}: this is not valid CSV: {error.Message}", file);
        }
    }

    private static Result<CsvTable> ReadRows(string file, string text, IReadOnlyCollection<string> required, Func<string, Result<string>> columnOf)
    {
        using var reader = CsvReader.FromText(text, Options);
        if (!reader.Read())
        {
            return new Refusal("import.empty", $"{file} is empty; its first row must name the columns {string.Join(", ", required)}.", file);
        }

        var header = Fields(reader);
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Length; i++)
        {
            var column = columnOf(header[i].Trim());
            if (!column.TryGet(out var name))
            {
                return column.Refusal!;
            }

            if (name.Length > 0 && !columns.TryAdd(name, i))
            {
                return new Refusal("import.duplicate-column", $"{file}, row 1: the column '{name}' occurs twice.", name);
            }
        }

        if (required.FirstOrDefault(name => !columns.ContainsKey(name)) is { } missing)
        {
            return new Refusal("import.missing-column", $"{file}, row 1: the column '{missing}' is missing; expected are {string.Join(", ", required)}.", missing);
        }

        var rows = new List<Row>();
        var table = new CsvTable(file, columns, rows);
        while (reader.Read())
        {
            var row = new Row(table, (int)reader.LineNumber, Fields(reader));
            if (row.Width != header.Length)
            {
                return new Refusal("import.row-width", $"{file}, row {row.Number}: there are {row.Width} fields instead of {header.Length}.", file);
            }

            rows.Add(row);
        }

        return table;
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.GetString(i);
        }

        return fields;
    }

    internal sealed class Row(CsvTable table, int number, string[] fields)
    {
        public int Number => number;

        public int Width => fields.Length;

        /// <summary>The trimmed text of a column; null when it is empty or the column is not there.</summary>
        public string? this[string column] =>
            table.columns.TryGetValue(column, out var index) && fields[index].Trim() is { Length: > 0 } text ? text : null;

        public Refusal Wrong(string code, string column, string message) => new("import." + code, $"{table.File}, row {number}, {column}: {message}", column);
    }
}
