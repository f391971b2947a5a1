using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecosystem.Workflows.Definitions;

/// <summary>How step inputs and outputs are written as JSON: camel case, enums by name, numbers also read from text.</summary>
internal static class StepJson
{
    /// <summary>The options.</summary>
    internal static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
