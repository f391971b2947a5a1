using System.Buffers.Binary;
using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Designer.Tests.Elsa;

/// <summary>
/// The client that Elsa Studio itself talks to its server with, out of the npm package: its assemblies run here as they run in the browser,
/// and what they cannot read Studio could not either.
/// </summary>
internal sealed class StudioClient
{
    private readonly Assembly _client;
    private readonly MethodInfo _make;
    private readonly object _settings;
    private readonly JsonSerializerOptions _json;

    public StudioClient(string studioFolder)
    {
        var context = new Context(Path.Combine(studioFolder, "_framework"));
        _client = context.LoadFromAssemblyName(new AssemblyName("Elsa.Api.Client"));
        var settings = _client.GetType("Elsa.Api.Client.RefitSettingsHelper", throwOnError: true)!;
        object?[] none = [new ServiceCollection().BuildServiceProvider(), null];
        _settings = settings.GetMethod("CreateRefitSettings")!.Invoke(null, none)!;
        _json = (JsonSerializerOptions)settings.GetMethod("CreateJsonSerializerOptions")!.Invoke(null, none)!;
        _make = context.LoadFromAssemblyName(new AssemblyName("Refit")).GetType("Refit.RestService", throwOnError: true)!
            .GetMethods().Single(method => method is { Name: "For", IsGenericMethod: true } && method.GetParameters() is [{ ParameterType.Name: "HttpClient" }, { ParameterType.Name: "RefitSettings" }]);
    }

    /// <summary>Every call it can make: the method and the path, with <c>{}</c> for what varies.</summary>
    public IEnumerable<(string Method, string Path)> Calls =>
        from type in _client.GetTypes()
        where type.IsInterface
        from method in type.GetMethods()
        let attribute = method.GetCustomAttributes().FirstOrDefault(found => found.GetType().BaseType?.Name == "HttpMethodAttribute")
        where attribute is not null
        select (attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal).ToUpperInvariant(), (string)attribute.GetType().GetProperty("Path")!.GetValue(attribute)!);

    /// <summary>Makes a call and gives what the client understood of the answer, written as JSON again.</summary>
    /// <param name="http">To the root of the server's Elsa API, with its sign-in.</param>
    /// <param name="call">For example <c>IWorkflowDefinitionsApi.ListAsync</c>.</param>
    /// <param name="arguments">The arguments in order; objects as JSON. What is left out is left to its default.</param>
    public async Task<JsonNode?> CallAsync(HttpClient http, string call, params JsonNode?[] arguments)
    {
        var (api, name) = (call.Split('.')[0], call.Split('.')[1]);
        var type = _client.GetTypes().Single(candidate => candidate.IsInterface && candidate.Name == api);
        var method = type.GetMethod(name)!;
        var values = method.GetParameters().Select((parameter, index) => index < arguments.Length && parameter.ParameterType != typeof(CancellationToken)
            ? Argument(arguments[index], parameter.ParameterType)
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null).ToArray();
        var task = (Task)method.Invoke(_make.MakeGenericMethod(type).Invoke(null, [http, _settings]), values)!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task) switch
        {
            null => null,
            HttpResponseMessage answer => new JsonObject { ["status"] = (int)answer.StatusCode, ["content"] = await answer.Content.ReadAsStringAsync() },
            var answer when answer.GetType().GetInterface("IApiResponse") is not null => new JsonObject { ["downloaded"] = answer.GetType().GetProperty("Content")!.GetValue(answer) is Stream content && content.ReadByte() >= 0 },
            var answer => Understood(answer),
        };
    }

    private JsonNode? Understood(object answer)
    {
        var holes = Holes(answer, "answer", 0).ToList();
        Assert.True(holes.Count == 0, "Studio takes these for given: " + string.Join(", ", holes));
        return answer.GetType().Name == "VoidTaskResult" ? null : JsonSerializer.SerializeToNode(answer, answer.GetType(), _json);
    }

    private object? Argument(JsonNode? given, Type type)
    {
        if (type.Name == "List`1" && type.GenericTypeArguments[0] is { Name: "StreamPart" } part)
        {
            var files = (IList)Activator.CreateInstance(type)!;
            files.Add(Activator.CreateInstance(part, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(given!.ToJsonString())), "file.json", "application/json", null));
            return files;
        }

        // Requests that are only ever sent are made by their constructor, as Studio makes them.
        return given is JsonObject values && type.Namespace?.StartsWith("Elsa.", StringComparison.Ordinal) == true && type.GetConstructors() is [var made] && made.GetParameters() is [_, ..] parameters
            ? made.Invoke([.. parameters.Select((parameter, index) => index < values.Count ? values.ElementAt(index).Value.Deserialize(parameter.ParameterType, _json) : Type.Missing)])
            : given.Deserialize(type, _json);
    }

    // What its types say is never null and yet is.
    private static IEnumerable<string> Holes(object value, string path, int depth)
    {
        var type = value.GetType();
        if (value is string or JsonNode or JsonElement || type.IsPrimitive || type.IsEnum || depth > 6)
        {
            yield break;
        }

        if (value is IEnumerable list)
        {
            foreach (var hole in list.Cast<object?>().OfType<object>().SelectMany((item, index) => Holes(item, $"{path}[{index}]", depth + 1)))
            {
                yield return hole;
            }

            yield break;
        }

        if (type.Namespace?.StartsWith("Elsa.", StringComparison.Ordinal) != true)
        {
            yield break;
        }

        var nullability = new NullabilityInfoContext();
        foreach (var property in type.GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            if (property.GetValue(value) is { } inner)
            {
                foreach (var hole in Holes(inner, $"{path}.{property.Name}", depth + 1))
                {
                    yield return hole;
                }
            }
            else if (!property.PropertyType.IsValueType && !IsOnlyInherited(property) && nullability.Create(property).ReadState == NullabilityState.NotNull)
            {
                yield return $"{path}.{property.Name}";
            }
        }
    }

    // A page of a list has no id, though it is built on what has one.
    private static bool IsOnlyInherited(PropertyInfo property) => property.Name == "Id" && property.ReflectedType!.Name.StartsWith("PagedListResponse", StringComparison.Ordinal);

    /// <summary>Loads assemblies from the form they have in a browser: a WebAssembly module around sections of the assembly.</summary>
    private sealed class Context(string folder) : AssemblyLoadContext("Elsa Studio")
    {
        private const int Header = 0x200;

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var name = assemblyName.Name!;
            var file = name.StartsWith("System", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)
                ? null
                : Directory.GetFiles(folder, $"{name}.*.wasm").SingleOrDefault(path => Path.GetFileName(path).Split('.').Length == name.Split('.').Length + 2);
            return file is null ? null : LoadFromStream(new MemoryStream(Executable(File.ReadAllBytes(file))));
        }

        // https://github.com/dotnet/runtime/blob/main/docs/design/mono/webcil.md; the sections keep their addresses, so only headers are made anew.
        private static byte[] Executable(byte[] module)
        {
            var at = module.AsSpan().IndexOf("WbIL"u8);
            uint Word(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(module.AsSpan(at + offset));
            var sections = Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(module.AsSpan(at + 8)))
                .Select(i => 28 + (16 * i)).Select(i => (Size: Word(i), Address: Word(i + 4), Raw: Word(i + 8), Start: (int)Word(i + 12))).ToList();
            var made = new byte[Header + sections.Sum(section => section.Raw)];
            using var writer = new BinaryWriter(new MemoryStream(made));
            writer.Write("MZ"u8);
            writer.BaseStream.Position = 0x3c;
            writer.Write(0x80);
            writer.BaseStream.Position = 0x80;
            writer.Write("PE\0\0"u8);
            Write(writer, (ushort)0x14c, (ushort)sections.Count, 0, 0, 0, (ushort)0xe0, (ushort)0x2102);
            Write(writer, (ushort)0x10b, (ushort)48, 0, 0, 0, 0, 0, 0, 0x10000000, 0x2000, 0x200, (ushort)4, (ushort)0, 0, (ushort)4, (ushort)0, 0);
            Write(writer, (int)((sections[^1].Address + sections[^1].Size + 0x1fff) / 0x2000 * 0x2000), Header, 0, (ushort)3, (ushort)0x8540, 0x100000, 0x1000, 0x100000, 0x1000, 0, 16);
            writer.Write(new byte[14 * 8]);
            Write(writer, (int)Word(12), (int)Word(16), 0, 0);
            var place = Header;
            foreach (var (size, address, raw, start) in sections)
            {
                writer.Write(".section"u8);
                Write(writer, (int)size, (int)address, (int)raw, place, 0, 0, 0, address == sections[0].Address ? 0x60000020 : 0x40000040);
                module.AsSpan(at + start, (int)raw).CopyTo(made.AsSpan(place));
                place += (int)raw;
            }

            return made;
        }

        private static void Write(BinaryWriter writer, params object[] words)
        {
            foreach (var word in words)
            {
                if (word is ushort half)
                {
                    writer.Write(half);
                }
                else
                {
                    writer.Write((int)word);
                }
            }
        }
    }
}
