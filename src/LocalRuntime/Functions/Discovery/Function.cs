using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace LocalRuntime.Functions.Discovery;

/// <summary>A function found in the app's assemblies and checked against the rules that hold for every trigger.</summary>
internal sealed class Function(string name, MethodInfo method, ParameterInfo triggerParameter, TriggerBindingAttribute trigger) : FunctionDefinition
{
    /// <summary>Its method.</summary>
    public MethodInfo Method { get; } = method;

    /// <summary>Its one parameter with a trigger.</summary>
    public ParameterInfo TriggerParameter => Parameters[triggerParameter.Position];

    /// <summary>What starts it.</summary>
    public TriggerBindingAttribute Trigger { get; } = trigger;

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; } = method.GetParameters();

    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override string Id => EntryPoint;

    /// <inheritdoc/>
    public override string EntryPoint => $"{Method.DeclaringType!.FullName}.{Method.Name}";

    /// <inheritdoc/>
    public override string PathToAssembly => Method.Module.FullyQualifiedName;

    /// <summary>What its method returns, without the task around it; <see cref="void"/> when nothing.</summary>
    public Type ResultType => Method.ReturnType switch
    {
        var type when type == typeof(Task) => typeof(void),
        { IsGenericType: true } type when type.GetGenericTypeDefinition() == typeof(Task<>) => type.GetGenericArguments()[0],
        var type => type,
    };
}
