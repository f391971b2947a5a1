namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The answers a headless run gives in place of people, systems and events. A JSON object: the key names an activity (id, name or title), an event,
/// a task type or a step type; the value is one answer or a list of them, taken in turn. An answer is an outcome, or an object with any of
/// <c>outcome</c>, <c>data</c>, <c>after</c> (a duration: how long it takes), <c>by</c>, <c>comment</c>, <c>error</c>.
/// </summary>
internal sealed class HeadlessAnswers
{
    private readonly Dictionary<string, Queue<object?>> answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object?> repeating = new(StringComparer.OrdinalIgnoreCase);

    internal HeadlessAnswers(Dictionary<string, object?>? map)
    {
        foreach (var pair in map ?? [])
        {
            if (pair.Value is List<object?> list)
            {
                answers[pair.Key] = new Queue<object?>(list);
            }
            else
            {
                repeating[pair.Key] = pair.Value;
            }
        }
    }

    /// <summary>Takes the next answer to a request; null when there is none.</summary>
    internal HeadlessAnswer? Take(EngineRequest request)
    {
        foreach (var key in Keys(request))
        {
            if (answers.TryGetValue(key, out var queue))
            {
                if (queue.TryDequeue(out var next))
                {
                    return HeadlessAnswer.Read(next, request);
                }
            }
            else if (repeating.TryGetValue(key, out var answer))
            {
                return HeadlessAnswer.Read(answer, request);
            }
        }

        return null;
    }

    private static IEnumerable<string> Keys(EngineRequest request)
    {
        var node = request.Instance.Node;
        yield return node.Id;
        if (node.Name is not null)
        {
            yield return node.Name;
        }

        yield return node.Title;
        yield return request.Name;
        if (request.Data.GetValueOrDefault("names") is List<object?> names)
        {
            foreach (var name in names)
            {
                yield return Values.ToText(name);
            }
        }

        yield return node.Type;
    }
}
