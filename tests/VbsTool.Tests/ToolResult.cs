namespace VbsTool;

/// <summary>How a command ended and what it said.</summary>
internal sealed record ToolResult(int Code, string Output, string Error);
