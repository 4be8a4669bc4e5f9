// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title The local world's MUSD
/// @notice Answers as MUSD on Mezo does (18 decimals, EIP-2612, domain "Mezo USD" version "1"). Only the local world deploys it.
contract MezoUSD is ERC20, ERC20Permit, Ownable {
    constructor(address owner) ERC20("Mezo USD", "MUSD") ERC20Permit("Mezo USD") Ownable(owner) {}

    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }
}
