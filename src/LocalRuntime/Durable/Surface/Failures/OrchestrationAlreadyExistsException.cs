namespace DurableTask.Core.Exceptions;

/// <summary>An instance of this id is pending or running: it was not started again, and goes on.</summary>
/// <remarks>The client of microsoft/durabletask-dotnet throws it when the host answers ALREADY_EXISTS (src/Client/Grpc/GrpcDurableTaskClient.cs).
/// Name and base are those of Azure/durabletask (src/DurableTask.Core/Exceptions), a package that the client brings with it.</remarks>
public class OrchestrationAlreadyExistsException(string message) : InvalidOperationException(message);
