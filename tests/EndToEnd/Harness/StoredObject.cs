using System.Text.Json.Nodes;

namespace EndToEnd.Harness;

/// <summary>One object of a backup.</summary>
/// <param name="Bytes">What is stored.</param>
/// <param name="Entry">What the metadata says of it.</param>
public sealed record StoredObject(ReadOnlyMemory<byte> Bytes, JsonObject Entry);
