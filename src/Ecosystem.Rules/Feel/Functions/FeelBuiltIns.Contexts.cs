namespace Ecosystem.Rules.Feel;

internal static partial class FeelBuiltIns
{
    private static IEnumerable<FeelBuiltIn> Contexts()
    {
        yield return Of("get value", "m, key", GetValue);
        yield return Of("get entries", "m", GetEntries);
        yield return Of("context", "entries", ContextOf);
        yield return new FeelBuiltIn("context put", Way("context, key, value", ContextPut), Way("context, keys, value", ContextPut));
        yield return Of("context merge", "contexts", ContextMerge);
    }

    private static FeelValue GetValue(FeelRun run, FeelValue[] a)
    {
        if (Single(a[0]).Context is not { } context)
        {
            return run.Fail("get value", "a context and a key");
        }

        if (Single(a[1]).Text is { } key)
        {
            return context.TryGet(key, out var value) ? value : FeelValue.Null;
        }

        return run.Fail("get value", "a context and a key");
    }

    private static FeelValue GetEntries(FeelRun run, FeelValue[] a)
    {
        if (Single(a[0]).Context is not { } context)
        {
            return run.Fail("get entries", "a context");
        }

        var entries = new List<FeelValue>();
        foreach (var key in context.Keys)
        {
            context.TryGet(key, out var value);
            entries.Add(FeelValue.Of(new FeelRecord(["key", "value"], [FeelValue.Of(key), value])));
        }

        return ListOf(run, entries);
    }

    private static FeelValue ContextOf(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list))
        {
            return run.Fail("context", "a list of entries with key and value");
        }

        var entries = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (item.Context is not { } entry || !entry.TryGet("key", out var key) || key.Text is not { } name || !entry.TryGet("value", out var value) || !entries.TryAdd(name, value))
            {
                return run.Fail("context", "entries with key and value, each key once");
            }
        }

        run.Charge(entries.Count);
        return FeelValue.Of(FeelRecord.From(entries));
    }

    private static FeelValue ContextPut(FeelRun run, FeelValue[] a)
    {
        if (Single(a[0]).Context is not { } context)
        {
            return run.Fail("context put", "a context, a key and a value");
        }

        if (a[1].Text is { } key)
        {
            return Put(run, context, [key], 0, a[2]);
        }

        if (a[1].List is not { Count: > 0 } keys || keys.AsEnumerable().Any(k => k.Text is null))
        {
            return run.Fail("context put", "a key or a list of keys");
        }

        return Put(run, context, [.. keys.AsEnumerable().Select(k => k.Text!)], 0, a[2]);
    }

    private static FeelValue Put(FeelRun run, FeelContext context, string[] keys, int at, FeelValue value)
    {
        var put = value;
        if (at + 1 < keys.Length)
        {
            context.TryGet(keys[at], out var inner);
            if (!inner.IsNull && inner.Context is null)
            {
                return run.Fail("context put", "contexts along the keys");
            }

            put = Put(run, inner.Context ?? FeelRecord.Empty, keys, at + 1, value);
            if (put.IsNull)
            {
                return put;
            }
        }

        var entries = Entries(run, context);
        entries[keys[at]] = put;
        return FeelValue.Of(FeelRecord.From(entries));
    }

    private static FeelValue ContextMerge(FeelRun run, FeelValue[] a)
    {
        if (!TryList(a, 0, out var list))
        {
            return run.Fail("context merge", "a list of contexts");
        }

        var merged = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (item.Context is not { } context)
            {
                return run.Fail("context merge", "a list of contexts");
            }

            foreach (var (key, value) in Entries(run, context))
            {
                merged[key] = value;
            }
        }

        return FeelValue.Of(FeelRecord.From(merged));
    }

    private static Dictionary<string, FeelValue> Entries(FeelRun run, FeelContext context)
    {
        run.Charge(context.Count);
        var entries = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var key in context.Keys)
        {
            context.TryGet(key, out var value);
            entries[key] = value;
        }

        return entries;
    }
}
