using System.Collections.Frozen;
using System.Text;

namespace Ecosystem.Temporal.Visibility;

/// <summary>
/// The tables behind lists and counts. One row a run; its rowid is the run's key in the store. Each custom field is a column with a
/// partial index, so that attributes nobody uses cost nothing; members of keyword lists and words of texts have tables of their own.
/// </summary>
internal static class VisibilitySchema
{
    private static readonly FrozenDictionary<string, string> Columns = SearchAttributeCatalog.System.Keys
        .Concat(SearchAttributeCatalog.Predefined.Keys)
        .Concat(SearchAttributeCatalog.CustomFields.Keys)
        .ToFrozenDictionary(field => field, SnakeCase, StringComparer.Ordinal);

    /// <summary>The statements that create the tables where they are missing.</summary>
    public static string Create { get; } = Ddl();

    /// <summary>
    /// What SQLite's planner is told of the indexes: how many rows there are, and how many are left by each further column. Of a filter's
    /// conditions it then takes the one that selects least; measured figures would depend on when they were taken.
    /// </summary>
    public static string Statistics { get; } = PlannerStatistics();

    /// <summary>Fields that are columns filled from search-attribute payloads, in the order of the insert statement.</summary>
    public static IReadOnlyList<string> AttributeFields { get; } =
        [.. SearchAttributeCatalog.Predefined.Keys.Concat(SearchAttributeCatalog.CustomFields.Keys).Order(StringComparer.Ordinal)];

    /// <summary>The column of a field.</summary>
    public static string ColumnOf(string field) => Columns[field];

    /// <summary>Whether the column of a field has an index of its own, which holds the runs that have the field.</summary>
    public static bool IsIndexed(string field) => (SearchAttributeCatalog.Predefined.TryGetValue(field, out var type)
        ? type
        : SearchAttributeCatalog.CustomFields[field]) is not (IndexedValueType.KeywordList or IndexedValueType.Text);

    private static string SnakeCase(string field)
    {
        var result = new StringBuilder(field.Length + 4);
        foreach (var c in field)
        {
            if (char.IsAsciiLetterUpper(c) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString();
    }

    private static string Ddl()
    {
        var sql = new StringBuilder("""
            CREATE TABLE IF NOT EXISTS visibility (
              key INTEGER PRIMARY KEY,
              namespace TEXT NOT NULL,
              workflow_id TEXT NOT NULL, run_id TEXT NOT NULL, workflow_type TEXT NOT NULL, task_queue TEXT NOT NULL,
              execution_status INTEGER NOT NULL, start_time INTEGER NOT NULL, execution_time INTEGER NOT NULL, close_time INTEGER,
              history_length INTEGER, history_size_bytes INTEGER, execution_duration INTEGER, state_transition_count INTEGER,
              parent_workflow_id TEXT, parent_run_id TEXT, root_workflow_id TEXT NOT NULL, root_run_id TEXT NOT NULL,
              memo BLOB, attributes BLOB,
              listed INTEGER GENERATED ALWAYS AS (coalesce(close_time, 9223372036854775807)) VIRTUAL
            """);
        foreach (var field in AttributeFieldsOf())
        {
            sql.Append(",\n  ").Append(ColumnOf(field.Key)).Append(' ').Append(SqlType(field.Value));
        }

        sql.Append("\n);\n");
        foreach (var column in (string[])["workflow_id", "workflow_type", "execution_status", "task_queue"])
        {
            sql.Append(CultureInfo.InvariantCulture, $"CREATE INDEX IF NOT EXISTS visibility_by_{column} ON visibility (namespace, {column}, listed DESC, start_time DESC, run_id);\n");
        }

        // These select few runs, which are soon sorted; without their order the indexes stay as they are when a run closes.
        sql.Append("CREATE INDEX IF NOT EXISTS visibility_by_run_id ON visibility (run_id);\n");
        sql.Append("CREATE INDEX IF NOT EXISTS visibility_by_root_workflow_id ON visibility (root_workflow_id);\n");

        sql.Append("CREATE INDEX IF NOT EXISTS visibility_listed ON visibility (namespace, listed DESC, start_time DESC, run_id);\n");
        sql.Append("CREATE INDEX IF NOT EXISTS visibility_by_start_time ON visibility (namespace, start_time);\n");
        sql.Append("CREATE INDEX IF NOT EXISTS visibility_by_parent ON visibility (namespace, parent_workflow_id) WHERE parent_workflow_id IS NOT NULL;\n");
        foreach (var field in AttributeFieldsOf().Where(field => IsIndexed(field.Key)))
        {
            var column = ColumnOf(field.Key);
            sql.Append(CultureInfo.InvariantCulture, $"CREATE INDEX IF NOT EXISTS visibility_by_{column} ON visibility (namespace, {column}, listed DESC, start_time DESC, run_id) WHERE {column} IS NOT NULL;\n");
        }

        sql.Append("""
            CREATE TABLE IF NOT EXISTS visibility_keyword (
              field TEXT NOT NULL, value TEXT NOT NULL, execution INTEGER NOT NULL, PRIMARY KEY (field, value, execution)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS visibility_keyword_by_execution ON visibility_keyword (execution);
            CREATE VIRTUAL TABLE IF NOT EXISTS visibility_text USING fts5 (
            """);
        sql.AppendJoin(", ", SearchAttributeCatalog.CustomFields.Where(field => field.Value == IndexedValueType.Text).Select(field => field.Key).Order(StringComparer.Ordinal));
        sql.Append(");\n");
        return sql.ToString();
    }

    private static string PlannerStatistics()
    {
        const int many = 1_000_000;
        var sql = new StringBuilder("ANALYZE sqlite_schema;\nDELETE FROM sqlite_stat1 WHERE tbl = 'visibility';\n");
        void Add(string index, params int[] left) => sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO sqlite_stat1 VALUES ('visibility', 'visibility_{index}', '{many} {string.Join(' ', left)}');\n");
        Add("by_workflow_id", many, 2, 1, 1, 1);
        Add("by_run_id", 1);
        Add("by_root_workflow_id", 2);
        Add("by_execution_status", many, many / 5, 1, 1, 1);
        Add("by_task_queue", many, many / 10, 1, 1, 1);
        Add("by_workflow_type", many, many / 20, 1, 1, 1);
        Add("listed", many, 1, 1, 1);
        Add("by_start_time", many, 1);
        Add("by_parent", many, 10);
        foreach (var field in AttributeFieldsOf().Where(field => IsIndexed(field.Key)))
        {
            Add("by_" + ColumnOf(field.Key), many, many / 2000, 1, 1, 1);
        }

        return sql.Append("ANALYZE sqlite_schema;").ToString();
    }

    private static IEnumerable<KeyValuePair<string, IndexedValueType>> AttributeFieldsOf() =>
        SearchAttributeCatalog.Predefined.Concat(SearchAttributeCatalog.CustomFields).OrderBy(field => field.Key, StringComparer.Ordinal);

    private static string SqlType(IndexedValueType type) => type switch
    {
        IndexedValueType.Int or IndexedValueType.Bool or IndexedValueType.Datetime => "INTEGER",
        IndexedValueType.Double => "REAL",
        _ => "TEXT",
    };
}
